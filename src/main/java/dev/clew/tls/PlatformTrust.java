package dev.clew.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The platform's trusted certificates, loaded ahead of traffic. Several classes read them on first use, and the JDK
 * again once they are garbage collected: in a TLS handshake, on an event loop, for seconds on a busy machine.
 */
public final class PlatformTrust {

    private static final Logger LOG = Logger.getLogger(PlatformTrust.class);

    private static final List<String> READERS = List.of(
            "io.netty.handler.ssl.JdkSslServerContext",
            "io.vertx.core.spi.tls.DefaultJDKCipherSuite",
            "sun.security.util.AnchorCertificates");

    /** The strong reference; the JDK holds its cached certificates weakly. */
    @SuppressWarnings("UnusedVariable") // keeps its referents reachable
    private static volatile TrustManager @Nullable [] held;

    private PlatformTrust() {}

    /** Loads and retains them; blocks. To be called before the first port opens. */
    public static void load() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            held = factory.getTrustManagers();
        } catch (GeneralSecurityException unreadable) {
            LOG.warnf(
                    "the platform's trusted certificates cannot be read (%s)",
                    unreadable.getClass().getSimpleName());
        }
        for (String reader : READERS) {
            try {
                Class.forName(reader);
            } catch (ClassNotFoundException | LinkageError notHere) {
                // A native executable has read them at build time; other JDKs lack the class.
                LOG.debugf("%s: not loaded ahead", reader);
            }
        }
    }
}

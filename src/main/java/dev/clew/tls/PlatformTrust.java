package dev.clew.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the platform trusts. Several classes read them from their file when they are first used, and
 * the JDK again whenever nobody has held on to them: in a TLS handshake, on an event loop, for seconds on a busy
 * machine.
 */
public final class PlatformTrust {

    private static final Logger LOG = Logger.getLogger(PlatformTrust.class);

    private static final List<String> READERS = List.of(
            "io.netty.handler.ssl.JdkSslServerContext",
            "io.vertx.core.spi.tls.DefaultJDKCipherSuite",
            "sun.security.util.AnchorCertificates");

    /** The JDK's own reference to what it has read is a weak one. */
    @SuppressWarnings("UnusedVariable") // it is there so that what it leads to stays
    private static volatile TrustManager @Nullable [] held;

    private PlatformTrust() {}

    /** Has them read now, and held; blocks meanwhile. To be called before the first port opens. */
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
                // In an executable, which has read them when it was built, or on another JDK.
                LOG.debugf("%s: not loaded ahead", reader);
            }
        }
    }
}

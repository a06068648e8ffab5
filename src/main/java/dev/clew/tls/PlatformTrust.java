package dev.clew.tls;

import java.util.List;
import org.jboss.logging.Logger;

/**
 * The certificates that the platform trusts. Several classes read them from their file when they are first used, which is in a
 * TLS handshake, on an event loop: seconds on a busy machine.
 */
public final class PlatformTrust {

    private static final Logger LOG = Logger.getLogger(PlatformTrust.class);

    private static final List<String> READERS = List.of(
            "io.netty.handler.ssl.JdkSslServerContext",
            "io.vertx.core.spi.tls.DefaultJDKCipherSuite",
            "sun.security.util.AnchorCertificates");

    private PlatformTrust() {}

    /** Has them read now; blocks meanwhile. To be called before the first port opens. */
    public static void load() {
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

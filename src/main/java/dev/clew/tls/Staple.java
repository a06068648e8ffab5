package dev.clew.tls;

import dev.clew.tenant.tls.OcspResponse;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The OCSP response that new handshakes present with a certificate (RFC 6066 section 8), if any. BoringSSL alone does:
 * the JDK's engine would fetch a response itself. Thread-safe.
 */
public final class Staple {

    private volatile byte @Nullable [] der;

    /** Replaces the response for new handshakes; null for none. */
    public void use(@Nullable OcspResponse response) {
        der = response == null ? null : response.der();
    }

    /** Returns a context whose handshakes present the response. */
    SslContext on(SslContext context) {
        return new DelegatingSslContext(context) {
            @Override
            protected void initEngine(SSLEngine engine) {
                byte[] response = der;
                if (response != null && engine instanceof ReferenceCountedOpenSslEngine stapling) {
                    stapling.setOcspResponse(response);
                }
            }
        };
    }
}

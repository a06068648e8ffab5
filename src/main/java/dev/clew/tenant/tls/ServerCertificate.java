package dev.clew.tenant.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own certificate.
 *
 * @param chain the certificate, followed by its issuers
 * @param key the private key of the certificate
 * @param clients the policy for client certificates on connections with this certificate; null to request none
 * @param ocsp presented with the certificate; null for none
 */
public record ServerCertificate(
        List<X509Certificate> chain,
        PrivateKey key,
        @Nullable ClientCertificates clients,
        @Nullable OcspResponse ocsp) {

    public ServerCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: empty (expected: at least one certificate)");
        }
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return "certificate";
    }
}

package dev.clew.tenant.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a tenant's own.
 *
 * @param chain the certificate first, then those of the authorities above it
 * @param key the private key of the first
 * @param clients what is asked of clients that come by it; null for nothing
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key, @Nullable ClientCertificates clients) {

    public ServerCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: empty (expected: at least one certificate)");
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "certificate";
    }
}

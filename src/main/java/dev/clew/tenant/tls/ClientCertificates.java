package dev.clew.tenant.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The policy for client certificates.
 *
 * @param authorities the trusted certificate authorities; at least one
 * @param required whether a client without a certificate is rejected; an invalid certificate always is
 */
public record ClientCertificates(List<X509Certificate> authorities, boolean required) {

    public ClientCertificates {
        authorities = List.copyOf(authorities);
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("authorities: empty (expected: at least one certificate)");
        }
    }

    /** Omits names, which may identify people. */
    @Override
    public String toString() {
        return "client certificates, required: " + required;
    }
}

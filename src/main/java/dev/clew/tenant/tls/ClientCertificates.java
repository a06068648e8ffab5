package dev.clew.tenant.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Which certificates of clients are accepted.
 *
 * @param authorities whose certificates are believed; at least one
 * @param required whether a client without one is refused; one with a wrong certificate always is
 */
public record ClientCertificates(List<X509Certificate> authorities, boolean required) {

    public ClientCertificates {
        authorities = List.copyOf(authorities);
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("authorities: empty (expected: at least one certificate)");
        }
    }

    /** Without names, which are people's. */
    @Override
    public String toString() {
        return "client certificates, required: " + required;
    }
}

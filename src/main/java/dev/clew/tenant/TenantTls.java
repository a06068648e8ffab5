package dev.clew.tenant;

import org.jspecify.annotations.Nullable;

/**
 * How a tenant's clients are spoken to.
 *
 * @param certificate shown to who asks for one of the tenant's hosts; null for the listener's own
 * @param redirect whether a request that came without TLS is sent to the same place with it
 */
public record TenantTls(@Nullable ServerCertificate certificate, boolean redirect) {

    /** Whatever the listener does. */
    public static final TenantTls NONE = new TenantTls(null, false);

    /** Whom a connection must have proved to be before it may carry a request; null for nobody. */
    public @Nullable ClientCertificates clients() {
        return certificate == null ? null : certificate.clients();
    }

    /** Whether nobody may come without a certificate, and so not without TLS. */
    public boolean requiresClientCertificate() {
        ClientCertificates clients = clients();
        return clients != null && clients.required();
    }
}

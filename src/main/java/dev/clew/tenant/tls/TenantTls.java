package dev.clew.tenant.tls;

import org.jspecify.annotations.Nullable;

/**
 * How a tenant's clients are spoken to.
 *
 * @param certificate shown to who asks for one of the tenant's hosts; null for the listener's own
 * @param redirect whether a request that came without TLS is sent to the same place with it
 * @param forwardsClients whether upstreams are told of a client's certificate (RFC 9440). Apart from what is asked of
 *     clients: whoever showed one goes on when this changes
 */
public record TenantTls(@Nullable ServerCertificate certificate, boolean redirect, boolean forwardsClients) {

    /** Whatever the listener does. */
    public static final TenantTls NONE = new TenantTls(null, false, false);

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

package dev.clew.tenant.tls;

import org.jspecify.annotations.Nullable;

/**
 * A tenant's TLS settings for client connections.
 *
 * @param certificate presented for the tenant's hosts; null for the listener's own
 * @param redirect whether a request without TLS is redirected to the same URL with TLS
 * @param forwardsClients whether upstreams get the client's certificate (RFC 9440). Independent of the policy for
 *     client certificates, so that changing it does not require new connections
 */
public record TenantTls(@Nullable ServerCertificate certificate, boolean redirect, boolean forwardsClients) {

    /** No settings: the listener's apply. */
    public static final TenantTls NONE = new TenantTls(null, false, false);

    /**
     * Returns the policy that the client of a connection must satisfy before the connection may carry a request; null
     * for none.
     */
    public @Nullable ClientCertificates clients() {
        return certificate == null ? null : certificate.clients();
    }

    /** Returns true if requests without a client certificate, and so without TLS, are rejected. */
    public boolean requiresClientCertificate() {
        ClientCertificates clients = clients();
        return clients != null && clients.required();
    }
}

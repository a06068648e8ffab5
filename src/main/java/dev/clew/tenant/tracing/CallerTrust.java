package dev.clew.tenant.tracing;

import dev.clew.network.Networks;
import dev.clew.trace.context.InboundTrust;

/**
 * The degree of trust in the trace context sent by a tenant's callers.
 *
 * @param inbound the trust in callers in general
 * @param trustedCallers the networks whose callers are trusted as under {@code preserve}; matched against the peer
 *     address of the connection, regardless of headers
 */
public record CallerTrust(InboundTrust inbound, Networks trustedCallers) {

    public static final CallerTrust DEFAULT = new CallerTrust(InboundTrust.PRESERVE_ID, Networks.NONE);

    /** Returns true if the trust depends on the peer address. */
    public boolean dependsOnPeer() {
        return !trustedCallers.networks().isEmpty();
    }

    /** @param peer an IP address as text */
    public InboundTrust of(String peer) {
        return trustedCallers.contains(peer) ? InboundTrust.PRESERVE : inbound;
    }
}

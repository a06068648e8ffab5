package dev.clew.tenant.tracing;

import dev.clew.network.Networks;
import dev.clew.trace.context.InboundTrust;

/**
 * How much of the trace context that a tenant's callers send is believed.
 *
 * @param inbound of callers in general
 * @param trustedCallers where callers connect from who are believed as under {@code preserve}; the address is the
 *     connection's own, whatever a header says
 */
public record CallerTrust(InboundTrust inbound, Networks trustedCallers) {

    public static final CallerTrust DEFAULT = new CallerTrust(InboundTrust.PRESERVE_ID, Networks.NONE);

    /** Whether it matters where a caller connects from. */
    public boolean dependsOnPeer() {
        return !trustedCallers.networks().isEmpty();
    }

    /** @param peer an IP address as text */
    public InboundTrust of(String peer) {
        return trustedCallers.contains(peer) ? InboundTrust.PRESERVE : inbound;
    }
}

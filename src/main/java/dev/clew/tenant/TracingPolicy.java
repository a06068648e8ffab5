package dev.clew.tenant;

import dev.clew.trace.context.InboundTrust;

/** How a tenant's requests are traced. */
public record TracingPolicy(InboundTrust inbound, Sampling sampling) {

    /** What holds where neither the tenant nor the gateway says otherwise. */
    public static final TracingPolicy DEFAULT =
            new TracingPolicy(InboundTrust.PRESERVE_ID, new Sampling.GatewayDefault());
}

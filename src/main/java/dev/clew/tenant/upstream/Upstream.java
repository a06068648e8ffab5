package dev.clew.tenant.upstream;

import dev.clew.grammar.ResourceName;
import dev.clew.trace.context.OutboundFormat;
import java.util.List;

/**
 * A named set of endpoints that offer the same service to one tenant.
 *
 * <p>Two upstreams with equal components are equal, which tells a reload what did not change. They are not the same
 * upstream, though: two tenants may name the same endpoints and must still not share connections or queues, so key what
 * belongs to an upstream by identity.
 *
 * @param endpoints at least one
 * @param connections how it is connected to, and how much may be at it
 * @param selection which of its addresses a request goes to
 */
public record Upstream(
        String name,
        List<Endpoint> endpoints,
        Connections connections,
        Selection selection,
        RetryPolicy retry,
        OutboundFormat propagate) {

    public Upstream {
        ResourceName.check("upstream name", name);
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: [] (expected: at least one)");
        }
        List<Integer> weights = selection.balancing().weights();
        if (!weights.isEmpty() && weights.size() != endpoints.size()) {
            throw new IllegalArgumentException("weights: " + weights.size() + " of them (expected: one for each of "
                    + endpoints.size() + " endpoints)");
        }
        for (Endpoint endpoint : endpoints) {
            if (!connections.protocol().suits(endpoint)) {
                throw new IllegalArgumentException("protocol: "
                        + connections.protocol().token() + " (expected: h2 with https endpoints, h2c with http)");
            }
        }
    }
}

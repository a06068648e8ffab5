package dev.clew.tenant.upstream;

import dev.clew.grammar.ResourceName;
import dev.clew.trace.context.OutboundFormat;
import java.util.List;

/**
 * A named set of endpoints that provide the same service to one tenant.
 *
 * <p>Upstreams with equal components are equal, by which a reload finds what has not changed. They are still distinct:
 * two tenants may name the same endpoints and must not share connections or queues, so state that belongs to an
 * upstream is keyed by identity.
 *
 * @param endpoints at least one
 * @param connections the connection settings and the bounds on load
 * @param selection the selection of an endpoint for a request
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

package dev.clew.tenant;

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
 * @param connections the most connections, and so HTTP/1.1 requests, open to all its endpoints together; 1 to 65535
 * @param pendingRequests how many requests may wait for a free connection before further ones are refused; 0 to 1000000
 */
public record Upstream(
        String name,
        List<Endpoint> endpoints,
        Timeouts timeouts,
        int connections,
        int pendingRequests,
        RetryPolicy retry,
        OutboundFormat propagate) {

    public static final int MAX_CONNECTIONS = 65_535;
    public static final int MAX_PENDING_REQUESTS = 1_000_000;

    public Upstream {
        Name.check("upstream name", name);
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: [] (expected: at least one)");
        }
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "connections: " + connections + " (expected: 1 to " + MAX_CONNECTIONS + ")");
        }
        if (pendingRequests < 0 || pendingRequests > MAX_PENDING_REQUESTS) {
            throw new IllegalArgumentException(
                    "pending-requests: " + pendingRequests + " (expected: 0 to " + MAX_PENDING_REQUESTS + ")");
        }
    }
}

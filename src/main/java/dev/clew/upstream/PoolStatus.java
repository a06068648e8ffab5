package dev.clew.upstream;

import dev.clew.tenant.upstream.Endpoint;
import java.util.List;

/**
 * The state of an upstream at one moment, for operators.
 *
 * @param circuit {@code closed}, {@code open} or {@code half-open}
 * @param active requests at the upstream
 * @param pending requests that wait for a place
 * @param retries retries under way or in back-off
 */
public record PoolStatus(String circuit, int active, int pending, int retries, List<Address> addresses) {

    public PoolStatus {
        addresses = List.copyOf(addresses);
    }

    /**
     * One address of an endpoint.
     *
     * @param host the IP address, or the name until it is resolved
     * @param healthy whether active health checks pass, if there are any
     * @param reachable whether the latest attempt established a connection
     * @param requests attempts since the address is known; a little behind, since event loops count them on their own
     * @param failures those that failed by the upstream's fault, or responded 5xx
     */
    public record Address(
            Endpoint endpoint,
            String host,
            boolean healthy,
            boolean ejected,
            boolean reachable,
            long requests,
            long failures) {}
}

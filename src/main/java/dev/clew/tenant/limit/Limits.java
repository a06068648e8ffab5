package dev.clew.tenant.limit;

import dev.clew.tenant.upstream.Timeouts;
import java.time.Duration;

/**
 * A tenant's limits on its use of the gateway.
 *
 * @param concurrentRequests the bound on requests in flight, 1 or more, or {@link #UNLIMITED}
 * @param connections the bound on open client connections that have carried one of its requests, 1 or more, or {@link
 *     #UNLIMITED}
 * @param headerSize the bound on a request's header section in bytes, or {@link #UNLIMITED}
 * @param requestBody the bound on a request body in bytes, or {@link #UNLIMITED}
 * @param requestDuration the bound on the total duration of a request, 1 ms to 24 h, or {@link Timeouts#UNBOUNDED}
 */
public record Limits(
        RequestRate rate,
        int concurrentRequests,
        int connections,
        long headerSize,
        long requestBody,
        Duration requestDuration) {

    public static final int UNLIMITED = -1;

    /** The policy name of the tenant's rate in {@code RateLimit} header fields. */
    public static final String POLICY = "gateway";

    public static final Limits NONE =
            new Limits(RequestRate.ANY, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, Timeouts.UNBOUNDED);

    public Limits {
        if (concurrentRequests != UNLIMITED && concurrentRequests < 1) {
            throw new IllegalArgumentException("concurrent-requests: " + concurrentRequests + " (expected: 1 or more)");
        }
        if (connections != UNLIMITED && connections < 1) {
            throw new IllegalArgumentException("connections: " + connections + " (expected: 1 or more)");
        }
        if (headerSize < UNLIMITED) {
            throw new IllegalArgumentException("header-size: " + headerSize + " (expected: 0 or more bytes)");
        }
        if (requestBody < UNLIMITED) {
            throw new IllegalArgumentException("request-body: " + requestBody + " (expected: 0 or more bytes)");
        }
    }
}

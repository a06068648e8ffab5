package dev.clew.tenant.upstream;

import java.time.Duration;

/**
 * The timeouts of an upstream, each from 1 ms to 24 h; the last two may be {@link #UNBOUNDED}.
 *
 * @param connect until a connection is established, TLS handshake included
 * @param response from the last byte of the request sent to the first byte of the response head
 * @param idle without a byte in either direction while a body is transferred, and for a pooled connection
 * @param attempt from the start of an attempt to its response head
 * @param request for all attempts and waits of a request, up to the last byte of the response
 */
public record Timeouts(Duration connect, Duration response, Duration idle, Duration attempt, Duration request) {

    public static final Duration SHORTEST = Duration.ofMillis(1);
    public static final Duration LONGEST = Duration.ofHours(24);
    public static final Duration UNBOUNDED = Duration.ofNanos(Long.MAX_VALUE);

    /** The timeouts if neither the tenant nor the gateway sets any. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60), UNBOUNDED, UNBOUNDED);

    public Timeouts {
        check("connect", connect);
        check("response", response);
        check("idle", idle);
        if (!attempt.equals(UNBOUNDED)) {
            check("attempt", attempt);
        }
        if (!request.equals(UNBOUNDED)) {
            check("request", request);
        }
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1ms to 24h)");
        }
    }
}

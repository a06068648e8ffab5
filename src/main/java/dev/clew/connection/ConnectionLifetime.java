package dev.clew.connection;

import java.time.Duration;

/**
 * The bounds on the lifetime of client connections, which rebalance long-lived clients onto new replicas.
 *
 * @param age the maximum age, with a jitter of a tenth; zero for none
 * @param requests the maximum number of requests, with a jitter of a tenth; 0 for none
 * @param grace the time for requests on an HTTP/2 connection to finish once it drains; above zero
 */
public record ConnectionLifetime(Duration age, int requests, Duration grace) {

    private static final double JITTER = 0.1;

    public ConnectionLifetime {
        if (age.isNegative() || requests < 0 || grace.isNegative() || grace.isZero()) {
            throw new IllegalArgumentException(
                    "connection lifetime: " + age + ", " + requests + ", " + grace + " (expected: nothing negative)");
        }
    }

    /** @param random the jitter, from 0 to below 1 */
    long ageNanos(double random) {
        return age.isZero() ? Long.MAX_VALUE : (long) (age.toNanos() * factor(random));
    }

    /** @param random the jitter, from 0 to below 1 */
    long maxRequests(double random) {
        return requests == 0 ? Long.MAX_VALUE : Math.max(1, (long) (requests * factor(random)));
    }

    private static double factor(double random) {
        return 1 - JITTER + 2 * JITTER * random;
    }
}

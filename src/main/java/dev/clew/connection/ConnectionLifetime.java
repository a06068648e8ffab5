package dev.clew.connection;

import java.time.Duration;

/**
 * Bounds on the life of clients' connections, so that clients which keep theirs for ever come to new replicas, too.
 *
 * @param age from accept to the end, in order, give or take a tenth; zero for any
 * @param requests the most on one, give or take a tenth; 0 for any number
 * @param grace how long requests on an HTTP/2 connection may take to finish when it is to end; above zero
 */
public record ConnectionLifetime(Duration age, int requests, Duration grace) {

    private static final double JITTER = 0.1;

    public ConnectionLifetime {
        if (age.isNegative() || requests < 0 || grace.isNegative() || grace.isZero()) {
            throw new IllegalArgumentException(
                    "a connection's life: " + age + ", " + requests + ", " + grace + " (expected: nothing negative)");
        }
    }

    /** @param random from 0 to below 1, for the share of the jitter */
    long ageNanos(double random) {
        return age.isZero() ? Long.MAX_VALUE : (long) (age.toNanos() * factor(random));
    }

    /** @param random as above */
    long maxRequests(double random) {
        return requests == 0 ? Long.MAX_VALUE : Math.max(1, (long) (requests * factor(random)));
    }

    private static double factor(double random) {
        return 1 - JITTER + 2 * JITTER * random;
    }
}

package dev.clew.tenant.upstream;

import java.time.Duration;

/**
 * The circuit breaker of an upstream as a whole, across all its endpoints.
 *
 * @param connectFailures opens the circuit after this many consecutive attempts without a connection, while no endpoint
 *     accepts one; 0 for never, to 1000
 * @param consecutiveFailures opens it after this many consecutive failed attempts, at any endpoints; 0 for never, to
 *     1000
 * @param failureRatio opens it at this share of failed attempts
 * @param serverErrors whether a response with a status of 500 to 599, or an equivalent gRPC status, counts as a failure
 * @param openFor the time for which requests are rejected before some probe the upstream
 * @param halfOpenRequests the number of probes that must succeed to close the circuit; 1 to 1000
 */
public record CircuitBreaker(
        int connectFailures,
        int consecutiveFailures,
        FailureRatio failureRatio,
        boolean serverErrors,
        Duration openFor,
        int halfOpenRequests) {

    public static final int MAX_FAILURES = 1000;
    public static final int MAX_REQUESTS = 1000;

    /** The settings if neither the tenant nor the gateway sets any. */
    public static final CircuitBreaker STANDARD =
            new CircuitBreaker(5, 0, FailureRatio.NEVER, false, Duration.ofSeconds(1), 1);

    public CircuitBreaker {
        FailureRatio.check("connect-failures", connectFailures, 0, MAX_FAILURES);
        FailureRatio.check("consecutive-failures", consecutiveFailures, 0, MAX_FAILURES);
        FailureRatio.check("half-open-requests", halfOpenRequests, 1, MAX_REQUESTS);
    }

    /**
     * The share of failed attempts within a window that opens the circuit.
     *
     * @param share from 0 (never) to 1
     * @param window the length of the window, by the attempts' end times
     * @param minimumRequests the number of attempts in the window below which the share is ignored; 1 to 1000000
     */
    public record FailureRatio(double share, Duration window, int minimumRequests) {

        public static final int MAX_MINIMUM = 1_000_000;
        public static final FailureRatio NEVER = new FailureRatio(0, Duration.ofSeconds(10), 20);

        public FailureRatio {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("failure-ratio: " + share + " (expected: 0 to 1)");
            }
            check("minimum-requests", minimumRequests, 1, MAX_MINIMUM);
        }

        /** Here, so that this class is initialised without its outer class, whose standard needs this one's. */
        private static void check(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
            }
        }

        /** Returns true if this many failures among all attempts open the circuit. */
        public boolean isReached(long failed, long all) {
            return share > 0 && all >= minimumRequests && failed >= share * all;
        }
    }
}

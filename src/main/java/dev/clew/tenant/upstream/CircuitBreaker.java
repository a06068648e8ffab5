package dev.clew.tenant.upstream;

import java.time.Duration;

/**
 * When an upstream as a whole gets no requests for a while, however many addresses it has.
 *
 * @param connectFailures so many attempts in a row that got no connection, while no address gives one, open the
 *     circuit; 0 for never, to 1000
 * @param consecutiveFailures so many failed attempts in a row, at whichever addresses, open it; 0 for never, to 1000
 * @param failureRatio the share of failed attempts that opens it
 * @param serverErrors whether a response with a status of 500 to 599 counts as a failure, too, and so a gRPC status
 *     that says the same
 * @param openFor how long it refuses requests before some try the upstream
 * @param halfOpenRequests so many of these have to do well for the circuit to close; 1 to 1000
 */
public record CircuitBreaker(
        int connectFailures,
        int consecutiveFailures,
        FailureRatio failureRatio,
        boolean serverErrors,
        Duration openFor,
        int halfOpenRequests) {

    public static final int MOST_FAILURES = 1000;
    public static final int MOST_REQUESTS = 1000;

    /** The settings in force where neither the tenant nor the gateway says otherwise. */
    public static final CircuitBreaker STANDARD =
            new CircuitBreaker(5, 0, FailureRatio.NEVER, false, Duration.ofSeconds(1), 1);

    public CircuitBreaker {
        check("connect-failures", connectFailures, 0, MOST_FAILURES);
        check("consecutive-failures", consecutiveFailures, 0, MOST_FAILURES);
        check("half-open-requests", halfOpenRequests, 1, MOST_REQUESTS);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    /**
     * The share of failed attempts in the latest time that opens a circuit.
     *
     * @param share from 0 (never) to 1
     * @param window how far back attempts count, by when they ended
     * @param minimumRequests with fewer attempts in the window the share says nothing; 1 to 1000000
     */
    public record FailureRatio(double share, Duration window, int minimumRequests) {

        public static final int MOST_MINIMUM = 1_000_000;
        public static final FailureRatio NEVER = new FailureRatio(0, Duration.ofSeconds(10), 20);

        public FailureRatio {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("failure-ratio: " + share + " (expected: 0 to 1)");
            }
            check("minimum-requests", minimumRequests, 1, MOST_MINIMUM);
        }

        /** Returns whether so many failed attempts of so many are too many. */
        public boolean isReached(long failed, long all) {
            return share > 0 && all >= minimumRequests && failed >= share * all;
        }
    }
}

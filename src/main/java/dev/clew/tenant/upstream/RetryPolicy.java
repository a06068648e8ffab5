package dev.clew.tenant.upstream;

import java.time.Duration;
import java.util.Set;

/**
 * The retry policy of an upstream.
 *
 * @param attempts the bound on attempts, the first included; 1 (no retries) to 10
 * @param on the failures that lead to a retry
 */
public record RetryPolicy(int attempts, Set<RetryCondition> on, Repeatable repeatable, BackOff backOff, Budget budget) {

    public static final int MAX_ATTEMPTS = 10;
    public static final RetryPolicy NONE =
            new RetryPolicy(1, Set.of(), Repeatable.STANDARD, BackOff.STANDARD, Budget.STANDARD);

    public RetryPolicy {
        on = Set.copyOf(on);
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 to " + MAX_ATTEMPTS + ")");
        }
    }

    /** Returns true if a response with this status leads to a retry. */
    public boolean retries(int status) {
        return switch (status) {
            case 429 -> on.contains(RetryCondition.STATUS_429);
            case 502 -> on.contains(RetryCondition.STATUS_502);
            case 503 -> on.contains(RetryCondition.STATUS_503);
            case 504 -> on.contains(RetryCondition.STATUS_504);
            default -> false;
        };
    }

    /**
     * The requests that may be sent again although the upstream may have received them.
     *
     * @param methods idempotent methods (RFC 9110 section 9.2.2), or others that the tenant declares to be
     * @param buffer the bound on the bytes of a body that are buffered for a retry; 0 to 65536
     */
    public record Repeatable(Set<String> methods, int buffer) {

        public static final int MAX_BUFFER = 64 * 1024;
        public static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
        public static final Repeatable STANDARD = new Repeatable(IDEMPOTENT, 0);

        public Repeatable {
            methods = Set.copyOf(methods);
            if (buffer < 0 || buffer > MAX_BUFFER) {
                throw new IllegalArgumentException("buffer: " + buffer + " (expected: 0 to " + MAX_BUFFER + ")");
            }
        }
    }

    /**
     * The wait before a retry: random, up to a bound that doubles with each retry.
     *
     * @param first the bound for the first retry
     * @param longest the limit of the bound
     */
    public record BackOff(Duration first, Duration longest) {

        public static final BackOff STANDARD = new BackOff(Duration.ofMillis(25), Duration.ofMillis(250));

        /**
         * Returns the wait before a retry, in milliseconds.
         *
         * @param retry the number of the retry, from 1
         * @param random from 0 (inclusive) to 1 (exclusive)
         */
        public long millis(int retry, double random) {
            long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(retry - 1, 20));
            return (long) (random * (bound + 1));
        }
    }

    /**
     * The retry budget: the bound on concurrent retries at an upstream, so that retries cannot multiply the load on one
     * that fails.
     *
     * @param share the share of the requests in flight at the upstream, 0 to 1
     * @param atLeast the number allowed in any case; 0 to 65535
     */
    public record Budget(double share, int atLeast) {

        public static final Budget STANDARD = new Budget(0.2, 3);

        public Budget {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
            }
            if (atLeast < 0 || atLeast > Connections.MAX_AT_ONCE) {
                throw new IllegalArgumentException(
                        "at-least: " + atLeast + " (expected: 0 to " + Connections.MAX_AT_ONCE + ")");
            }
        }

        /** Returns the bound on retries at this number of requests in flight. */
        public int allows(int requests) {
            return Math.max(atLeast, (int) (share * requests));
        }
    }
}

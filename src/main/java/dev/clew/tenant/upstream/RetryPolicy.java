package dev.clew.tenant.upstream;

import java.time.Duration;
import java.util.Set;

/**
 * Whether and when a request is sent once more.
 *
 * @param attempts tries in all, the first included; 1 (never retry) to 10
 * @param on the failures that lead to another try
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

    /** Whether an answer with this status leads to another try. */
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
     * Which requests may be sent twice although the first may have arrived.
     *
     * @param methods those that are idempotent (RFC 9110 section 9.2.2), or that the tenant says are
     * @param buffer how many bytes of a body are held so that they can be sent again; 0 to 65536
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
     * How long is waited before another try: any time up to a bound which doubles with each.
     *
     * @param first that bound for the first retry
     * @param longest that bound at most
     */
    public record BackOff(Duration first, Duration longest) {

        public static final BackOff STANDARD = new BackOff(Duration.ofMillis(25), Duration.ofMillis(250));

        /**
         * The wait before the nth retry, in milliseconds.
         *
         * @param retry from 1
         * @param random from 0 to below 1
         */
        public long millis(int retry, double random) {
            long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(retry - 1, 20));
            return (long) (random * (bound + 1));
        }
    }

    /**
     * How many retries may be under way at an upstream at once, so that they cannot multiply the load of one that
     * fails.
     *
     * @param share of the requests now at the upstream, 0 to 1
     * @param atLeast so many in any case; 0 to 65535
     */
    public record Budget(double share, int atLeast) {

        public static final Budget STANDARD = new Budget(0.2, 3);

        public Budget {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
            }
            if (atLeast < 0 || atLeast > Connections.MOST_AT_ONCE) {
                throw new IllegalArgumentException(
                        "at-least: " + atLeast + " (expected: 0 to " + Connections.MOST_AT_ONCE + ")");
            }
        }

        /** The most retries while so many requests are at the upstream. */
        public int allows(int requests) {
            return Math.max(atLeast, (int) (share * requests));
        }
    }
}

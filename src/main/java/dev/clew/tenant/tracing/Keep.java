package dev.clew.tenant.tracing;

import dev.clew.rate.TokenBucket;

/**
 * The rule by which the gateway's own spans of an unsampled request are exported after all.
 *
 * @param errors whether failed requests are kept: those whose SERVER span has the status Error
 * @param slowerThanNanos the duration in nanoseconds above which requests are kept; {@link #NEVER} for none
 * @param perSecond the bound on requests kept per second, 1 to {@value Sampling#MAX_PER_SECOND}; needed because all
 *     requests to a failing upstream fail
 */
public record Keep(boolean errors, long slowerThanNanos, int perSecond) {

    public static final long NEVER = Long.MAX_VALUE;

    /** Enough to see failures, far below what would fill a queue. */
    public static final int STANDARD_PER_SECOND = 100;

    /** Exports no unsampled request. */
    public static final Keep NOTHING = new Keep(false, NEVER, STANDARD_PER_SECOND);

    public Keep {
        if (slowerThanNanos <= 0) {
            throw new IllegalArgumentException("slower-than: " + slowerThanNanos + " ns (expected: more than 0)");
        }
        if (perSecond < 1 || perSecond > Sampling.MAX_PER_SECOND) {
            throw new IllegalArgumentException(
                    "per-second: " + perSecond + " (expected: 1 to " + Sampling.MAX_PER_SECOND + ")");
        }
    }

    /** Returns a budget of that many requests per second, initially full. */
    public TokenBucket budget() {
        return new TokenBucket(perSecond, perSecond);
    }

    /** Returns true if a request with this outcome is kept. */
    public boolean keeps(boolean failed, long durationNanos) {
        return failed && errors || durationNanos > slowerThanNanos;
    }
}

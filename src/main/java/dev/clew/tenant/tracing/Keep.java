package dev.clew.tenant.tracing;

import dev.clew.rate.TokenBucket;

/**
 * Which requests have the gateway's own spans exported although they were not chosen at their start.
 *
 * @param errors those that failed: their SERVER span has the status Error
 * @param slowerThanNanos those that took longer, in nanoseconds; {@link #NEVER} for none
 * @param perSecond the most requests a second that are kept, 1 to {@value Sampling#MAX_PER_SECOND}: when an upstream
 *     fails, all of its requests do
 */
public record Keep(boolean errors, long slowerThanNanos, int perSecond) {

    public static final long NEVER = Long.MAX_VALUE;

    /** Enough to see what fails, and far from what fills a queue. */
    public static final int STANDARD_PER_SECOND = 100;

    /** What was not chosen is not exported. */
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

    /** A budget of so many requests a second, full at first. */
    public TokenBucket budget() {
        return new TokenBucket(perSecond, perSecond);
    }

    /** Whether a request that ended so is kept. */
    public boolean keeps(boolean failed, long durationNanos) {
        return failed && errors || durationNanos > slowerThanNanos;
    }
}

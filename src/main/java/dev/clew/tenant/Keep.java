package dev.clew.tenant;

/**
 * Which requests have the gateway's own spans exported although they were not chosen at their start.
 *
 * @param errors those that failed: their SERVER span has the status Error
 * @param slowerThanNanos those that took longer, in nanoseconds; {@link #NEVER} for none
 */
public record Keep(boolean errors, long slowerThanNanos) {

    public static final long NEVER = Long.MAX_VALUE;

    /** What was not chosen is not exported. */
    public static final Keep NOTHING = new Keep(false, NEVER);

    public Keep {
        if (slowerThanNanos <= 0) {
            throw new IllegalArgumentException("slower-than: " + slowerThanNanos + " ns (expected: more than 0)");
        }
    }

    /** Whether a request that ended so is kept. */
    public boolean keeps(boolean failed, long durationNanos) {
        return failed && errors || durationNanos > slowerThanNanos;
    }
}

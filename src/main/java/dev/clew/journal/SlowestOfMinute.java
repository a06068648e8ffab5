package dev.clew.journal;

/**
 * Tells whether a request is the slowest of its route and minute so far. Its fields are read and written by several
 * event loops without a lock: what a race loses is one more request kept, or one less.
 */
public final class SlowestOfMinute {

    private static final long MINUTE = 60_000_000_000L;

    private long minute = Long.MIN_VALUE;
    private long durationNanos;

    /**
     * Records a request's duration, and returns true if none of its minute took longer so far.
     *
     * @param endEpochNanos in nanoseconds since 1970
     */
    public boolean record(long endEpochNanos, long duration) {
        long now = endEpochNanos / MINUTE;
        if (now == minute && duration <= durationNanos) {
            return false;
        }
        minute = now;
        durationNanos = duration;
        return true;
    }
}

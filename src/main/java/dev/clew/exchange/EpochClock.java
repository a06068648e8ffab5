package dev.clew.exchange;

/**
 * A clock of epoch nanoseconds that is consistent with {@link System#nanoTime} within a request, so that a span's
 * start, end and duration fit together, and that follows the wall clock from one request to the next.
 */
public final class EpochClock {

    private static final long ANCHOR_NANOS = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private record Anchor(long nanoTime, long epochNanos) {}

    private volatile Anchor anchor = anchored();

    /**
     * Returns the epoch time of a recent moment, in nanoseconds.
     *
     * @param nanoTime the moment, in {@link System#nanoTime} time
     */
    public long epochNanosAt(long nanoTime) {
        Anchor current = anchor;
        long since = nanoTime - current.nanoTime;
        if (since > ANCHOR_NANOS) {
            current = anchored();
            anchor = current;
            since = nanoTime - current.nanoTime;
        }
        return current.epochNanos + since;
    }

    private static Anchor anchored() {
        return new Anchor(System.nanoTime(), System.currentTimeMillis() * MILLI);
    }
}

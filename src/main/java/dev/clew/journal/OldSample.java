package dev.clew.journal;

import java.util.function.Consumer;

/**
 * A uniform sample of the requests of the last one to two hours: one of the current hour and one of the hour before, so
 * that it never grows stale. Written by one thread, and read by any.
 */
final class OldSample {

    private static final long HOUR = 3_600_000_000_000L;

    private final long bound;
    private final long seed;
    private long until;
    private volatile Reservoir current;
    private volatile Reservoir before;

    /** @param bytes the bound of both hours together */
    OldSample(long bytes, long seed) {
        this.bound = bytes / 2;
        this.seed = seed;
        this.until = Long.MIN_VALUE;
        this.current = new Reservoir(bound, seed);
        this.before = current;
    }

    void offer(JournalEntry entry) {
        long time = entry.outcome().startEpochNanos();
        if (time >= until) {
            before = current;
            current = new Reservoir(bound, seed ^ time);
            until = time + HOUR;
        }
        current.offer(entry);
    }

    void forEach(Consumer<JournalEntry> action) {
        current.forEach(action);
        before.forEach(action);
    }

    long bytes() {
        return current.bytes() + before.bytes();
    }
}

package dev.clew.listener;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts events of a client that are harmless unless frequent, in windows of ten seconds. */
final class FloodCounter {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int most;
    private final LongSupplier nanoTime;
    private long windowBegan;
    private int count;

    /**
     * @param most the limit per window; above 0
     * @param nanoTime a clock with the semantics of {@link System#nanoTime}
     */
    FloodCounter(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.windowBegan = nanoTime.getAsLong();
    }

    /** Counts an event. Returns false if it exceeds the limit. */
    boolean allowsOneMore() {
        long now = nanoTime.getAsLong();
        if (now - windowBegan > WINDOW_NANOS) {
            windowBegan = now;
            count = 0;
        }
        return ++count <= most;
    }
}

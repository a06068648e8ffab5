package dev.clew.listener;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts what a client may do now and then but not all the time: so often in ten seconds. */
final class FloodCounter {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int most;
    private final LongSupplier nanoTime;
    private long windowBegan;
    private int count;

    /**
     * @param most above 0
     * @param nanoTime as {@link System#nanoTime}
     */
    FloodCounter(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.windowBegan = nanoTime.getAsLong();
    }

    /** Counts one more; false when it is one too many. */
    boolean allowsOneMore() {
        long now = nanoTime.getAsLong();
        if (now - windowBegan > WINDOW_NANOS) {
            windowBegan = now;
            count = 0;
        }
        return ++count <= most;
    }
}

package dev.clew.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts of all and of failed attempts in a sliding window of ten slices. Lock-free; two event loops that begin a slice
 * at the same moment may lose a few counts.
 */
final class FailureWindow {

    private static final int SLICES = 10;

    private static final class Slice {

        private final long number;
        private final LongAdder all = new LongAdder();
        private final LongAdder failed = new LongAdder();

        Slice(long number) {
            this.number = number;
        }
    }

    private final long sliceNanos;
    private final AtomicReferenceArray<@Nullable Slice> slices = new AtomicReferenceArray<>(SLICES);

    FailureWindow(Duration length) {
        this.sliceNanos = Math.max(1, length.toNanos() / SLICES);
    }

    void add(boolean failed, long nowNanos) {
        Slice slice = slice(Math.floorDiv(nowNanos, sliceNanos));
        slice.all.increment();
        if (failed) {
            slice.failed.increment();
        }
    }

    private Slice slice(long number) {
        int place = Math.floorMod(number, SLICES);
        Slice there = slices.get(place);
        if (there != null && there.number >= number) {
            return there;
        }
        Slice next = new Slice(number);
        if (slices.compareAndSet(place, there, next)) {
            return next;
        }
        Slice other = slices.get(place);
        return other == null ? next : other;
    }

    long all(long nowNanos) {
        return sum(nowNanos, false);
    }

    long failed(long nowNanos) {
        return sum(nowNanos, true);
    }

    private long sum(long nowNanos, boolean failed) {
        long oldest = Math.floorDiv(nowNanos, sliceNanos) - SLICES + 1;
        long sum = 0;
        for (int place = 0; place < SLICES; place++) {
            Slice slice = slices.get(place);
            if (slice != null && slice.number >= oldest) {
                sum += (failed ? slice.failed : slice.all).sum();
            }
        }
        return sum;
    }
}

package dev.clew.export.queue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO ring with many producers and one consumer. It has no check for overflow: its owner admits no more spans than
 * fit before adding them, so that adding is one atomic increment and one store.
 */
final class SpanRing {

    private final AtomicReferenceArray<@Nullable FinishedSpan> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private long head;

    /** @param capacity the bound on admitted spans not yet taken */
    SpanRing(int capacity) {
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    /** Adds an admitted span. */
    void add(FinishedSpan span) {
        slots.setRelease((int) tail.getAndIncrement() & mask, span);
    }

    /** Takes the oldest span; null if there is none, or if it is being added right now. Called by one thread only. */
    @Nullable FinishedSpan poll() {
        int slot = (int) head & mask;
        FinishedSpan span = slots.getAcquire(slot);
        if (span != null) {
            slots.setRelease(slot, null);
            head++;
        }
        return span;
    }
}

package dev.clew.export.queue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO ring with many producers and one consumer. It has no check for overflow: its owner admits no more items than
 * fit before adding them, so that adding is one atomic increment and one store.
 */
final class ExportRing<T> {

    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private long head;

    /** @param capacity the bound on admitted items not yet taken */
    ExportRing(int capacity) {
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    /** Adds an admitted item. */
    void add(T item) {
        slots.setRelease((int) tail.getAndIncrement() & mask, item);
    }

    /** Takes the oldest item; null if there is none, or if it is being added right now. Called by one thread only. */
    @Nullable T poll() {
        int slot = (int) head & mask;
        T item = slots.getAcquire(slot);
        if (item != null) {
            slots.setRelease(slot, null);
            head++;
        }
        return item;
    }
}

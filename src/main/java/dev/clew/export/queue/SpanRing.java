package dev.clew.export.queue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A first-in first-out ring that many threads add to and one takes from. It does not know when it is full: its owner
 * admits no more spans than fit before they are added, which is what makes adding one atomic increment and one store.
 */
final class SpanRing {

    private final AtomicReferenceArray<@Nullable FinishedSpan> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private long head;

    /** @param capacity most spans ever admitted and not yet taken */
    SpanRing(int capacity) {
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    /** Adds an admitted span. */
    void add(FinishedSpan span) {
        slots.setRelease((int) tail.getAndIncrement() & mask, span);
    }

    /** Takes the oldest span; null when there is none, or when it is just being added. By one thread only. */
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

package dev.clew.journal;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A uniform sample of all requests offered (reservoir sampling, Vitter's algorithm R), bounded in bytes. Written by one
 * thread, and read by any.
 */
final class Reservoir {

    private final AtomicReferenceArray<@Nullable JournalEntry> entries;
    private final long bound;
    private final SplittableRandom random;
    private long offered;
    private int count;
    private volatile long bytes;

    Reservoir(long bytes, long seed) {
        this.bound = bytes;
        this.entries = new AtomicReferenceArray<>(OrdinaryRequests.slots(bytes));
        this.random = new SplittableRandom(seed);
    }

    void offer(JournalEntry entry) {
        offered++;
        long size = EntrySize.of(entry);
        if (count < entries.length() && count == offered - 1 && bytes + size <= bound) {
            put(count++, entry, size);
            return;
        }
        long chosen = random.nextLong(offered);
        if (chosen < count) {
            put((int) chosen, entry, size);
            while (bytes > bound && count > 1) {
                removeLast();
            }
        }
    }

    private void put(int slot, JournalEntry entry, long size) {
        JournalEntry replaced = entries.getPlain(slot);
        entries.setRelease(slot, entry);
        long held = bytes - (replaced == null ? 0 : EntrySize.of(replaced));
        bytes = held + size;
    }

    private void removeLast() {
        JournalEntry removed = entries.getPlain(--count);
        if (removed != null) {
            entries.setRelease(count, null);
            long held = bytes;
            bytes = held - EntrySize.of(removed);
        }
    }

    void forEach(Consumer<JournalEntry> action) {
        for (int i = 0; i < entries.length(); i++) {
            JournalEntry entry = entries.getAcquire(i);
            if (entry != null) {
                action.accept(entry);
            }
        }
    }

    long bytes() {
        return bytes;
    }
}

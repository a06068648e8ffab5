package dev.clew.journal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's ordinary requests: the newest, in a ring, and a sample of those that the ring has dropped. Written
 * by that event loop alone, and read by any thread, without a lock.
 */
final class OrdinaryRequests {

    private final AtomicReferenceArray<@Nullable JournalEntry> newest;
    private final long bound;
    private final OldSample sample;
    private long next;
    private long oldest;
    private volatile long bytes;

    /** @param bytes the bound; one half is for the newest requests */
    OrdinaryRequests(long bytes, long seed) {
        this.bound = bytes / 2;
        this.newest = new AtomicReferenceArray<>(slots(bound));
        this.sample = new OldSample(bytes / 2, seed);
    }

    /** Returns the number of requests of the least size that fit in the bound; 1 or more. */
    static int slots(long bytes) {
        return (int) Math.max(1, bytes / EntrySize.LEAST);
    }

    void offer(JournalEntry entry) {
        long size = EntrySize.of(entry);
        long held = bytes + size;
        while (next > oldest && (held > bound || next - oldest == newest.length())) {
            held -= dropOldest();
        }
        newest.setRelease((int) (next % newest.length()), entry);
        next++;
        bytes = held;
    }

    private long dropOldest() {
        int slot = (int) (oldest % newest.length());
        oldest++;
        JournalEntry dropped = newest.getPlain(slot);
        if (dropped == null) {
            return 0;
        }
        newest.setRelease(slot, null);
        sample.offer(dropped);
        return EntrySize.of(dropped);
    }

    void forEach(Consumer<JournalEntry> action) {
        for (int i = 0; i < newest.length(); i++) {
            JournalEntry entry = newest.getAcquire(i);
            if (entry != null) {
                action.accept(entry);
            }
        }
        sample.forEach(action);
    }

    long bytes() {
        return bytes + sample.bytes();
    }
}

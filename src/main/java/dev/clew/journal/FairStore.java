package dev.clew.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The requests worth keeping, bounded in bytes. When it is full, the worth that holds most in relation to its weight
 * loses one first, and of that worth the tenant that holds most. So neither a flood of rejections nor many tenants'
 * slowest requests push out a failure, and a tenant's flood of failures pushes out its own. Not safe for several
 * threads, but for {@link #bytes}.
 */
final class FairStore {

    private final long bound;
    private final List<WorthShelf> shelves = new ArrayList<>();
    private volatile long bytes;

    FairStore(long bytes) {
        this.bound = bytes;
        for (Worth worth : Worth.values()) {
            shelves.add(new WorthShelf(worth));
        }
    }

    void add(JournalEntry entry) {
        // The slowest of a route and minute, kept for nothing else, goes as ordinary ones do.
        Worth worth = entry.isSlowestOfMinute() ? Worth.ORDINARY : entry.worth();
        shelves.get(worth.ordinal()).add(entry);
        while (sum() > bound) {
            heaviest().removeOne();
        }
        bytes = sum();
    }

    private long sum() {
        long sum = 0;
        for (WorthShelf shelf : shelves) {
            sum += shelf.bytes();
        }
        return sum;
    }

    private WorthShelf heaviest() {
        WorthShelf heaviest = shelves.get(0);
        for (WorthShelf shelf : shelves) {
            if (shelf.weighed() > heaviest.weighed()) {
                heaviest = shelf;
            }
        }
        return heaviest;
    }

    void forEach(Consumer<JournalEntry> action) {
        shelves.forEach(shelf -> shelf.forEach(action));
    }

    long bytes() {
        return bytes;
    }
}

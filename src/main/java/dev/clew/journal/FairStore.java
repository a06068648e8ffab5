package dev.clew.journal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The requests worth keeping, bounded in bytes, and fair between tenants: when it is full, whoever holds most loses one
 * first. So a tenant's flood of failures pushes out its own. Not safe for several threads, but for {@link #bytes}.
 */
final class FairStore {

    private final long bound;
    private final Map<String, TenantShelf> shelves = new HashMap<>();
    private final TreeSet<TenantShelf> bySize =
            new TreeSet<>(Comparator.comparingLong(TenantShelf::bytes).thenComparing(TenantShelf::tenant));
    private volatile long bytes;

    FairStore(long bytes) {
        this.bound = bytes;
    }

    void add(JournalEntry entry) {
        TenantShelf shelf = shelves.computeIfAbsent(entry.place().tenant(), TenantShelf::new);
        long held = bytes + change(shelf, () -> shelf.add(entry));
        while (held > bound && !bySize.isEmpty()) {
            TenantShelf largest = bySize.last();
            held += change(largest, largest::removeOne);
        }
        bytes = held;
    }

    /** Changes a shelf while it is outside the order by size, and returns by how much it grew. */
    private long change(TenantShelf shelf, Runnable change) {
        bySize.remove(shelf);
        long before = shelf.bytes();
        change.run();
        if (shelf.isEmpty()) {
            shelves.remove(shelf.tenant());
        } else {
            bySize.add(shelf);
        }
        return shelf.bytes() - before;
    }

    void forEach(Consumer<JournalEntry> action) {
        shelves.values().forEach(shelf -> shelf.forEach(action));
    }

    long bytes() {
        return bytes;
    }
}

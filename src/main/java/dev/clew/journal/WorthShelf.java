package dev.clew.journal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** All tenants' requests of one worth, fair between tenants: whoever holds most loses one first. */
final class WorthShelf {

    private final Worth worth;
    private final Map<String, TenantRow> rows = new HashMap<>();
    private final TreeSet<TenantRow> bySize =
            new TreeSet<>(Comparator.comparingLong(TenantRow::bytes).thenComparing(TenantRow::tenant));
    private long bytes;

    WorthShelf(Worth worth) {
        this.worth = worth;
    }

    long bytes() {
        return bytes;
    }

    /** Returns what the requests hold, in relation to their weight. */
    long weighed() {
        return bytes / worth.weight();
    }

    void add(JournalEntry entry) {
        TenantRow row = rows.computeIfAbsent(entry.place().tenant(), TenantRow::new);
        change(row, () -> row.add(entry));
    }

    /** Removes the oldest request of the tenant that holds most. Must not be empty. */
    void removeOne() {
        TenantRow largest = bySize.last();
        change(largest, largest::removeOne);
    }

    /** Changes a row while it is outside the order by size. */
    private void change(TenantRow row, Runnable change) {
        bySize.remove(row);
        bytes -= row.bytes();
        change.run();
        bytes += row.bytes();
        if (row.isEmpty()) {
            rows.remove(row.tenant());
        } else {
            bySize.add(row);
        }
    }

    void forEach(Consumer<JournalEntry> action) {
        rows.values().forEach(row -> row.forEach(action));
    }
}

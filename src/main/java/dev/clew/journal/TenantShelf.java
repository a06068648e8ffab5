package dev.clew.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's requests worth keeping, by worth. The worths are fair to each other by their weights: a flood of
 * rejections pushes out no failure.
 */
final class TenantShelf {

    private static final long MINUTE = 60_000_000_000L;

    private final String tenant;
    private final Map<Worth, Row> rows = new EnumMap<>(Worth.class);
    /** The slowest request of the current minute, by route; bounded by the configured routes. */
    private final Map<String, JournalEntry> slowest = new HashMap<>();

    private long bytes;

    TenantShelf(String tenant) {
        this.tenant = tenant;
    }

    private static final class Row {

        private final Deque<JournalEntry> entries = new ArrayDeque<>();
        private long bytes;
    }

    String tenant() {
        return tenant;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Adds a request; a slower one of the same route and minute replaces the slowest so far. */
    void add(JournalEntry entry) {
        if (!entry.isSlowestOfMinute()) {
            append(entry);
            return;
        }
        JournalEntry former = slowest.put(entry.place().route(), entry);
        bytes += EntrySize.of(entry);
        if (former != null) {
            bytes -= EntrySize.of(former);
            if (minute(former) != minute(entry)) {
                append(former);
            }
        }
    }

    private static long minute(JournalEntry entry) {
        return Math.floorDiv(entry.outcome().startEpochNanos() + entry.outcome().durationNanos(), MINUTE);
    }

    private void append(JournalEntry entry) {
        Row row = rows.computeIfAbsent(entry.worth(), worth -> new Row());
        long size = EntrySize.of(entry);
        row.entries.addLast(entry);
        row.bytes += size;
        bytes += size;
    }

    /** Removes the oldest request of the worth that holds most for its weight. */
    void removeOne() {
        Row largest = null;
        long most = 0;
        for (Map.Entry<Worth, Row> each : rows.entrySet()) {
            long weighed = each.getValue().bytes / each.getKey().weight();
            if (weighed > most) {
                most = weighed;
                largest = each.getValue();
            }
        }
        JournalEntry removed = largest == null ? removeSlowest() : largest.entries.pollFirst();
        if (removed != null) {
            long size = EntrySize.of(removed);
            bytes -= size;
            if (largest != null) {
                largest.bytes -= size;
            }
        }
    }

    /** Removes any of the requests of the current minute, when nothing else is left. */
    private @Nullable JournalEntry removeSlowest() {
        return slowest.isEmpty()
                ? null
                : slowest.remove(slowest.keySet().iterator().next());
    }

    void forEach(Consumer<JournalEntry> action) {
        rows.values().forEach(row -> row.entries.forEach(action));
        slowest.values().forEach(action);
    }
}

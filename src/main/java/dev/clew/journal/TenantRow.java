package dev.clew.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One tenant's requests of one worth, in the order of their ends. */
final class TenantRow {

    private static final long MINUTE = 60_000_000_000L;

    private final String tenant;
    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    /** The slowest request of the current minute, by route; bounded by the configured routes. */
    private final Map<String, JournalEntry> slowest = new HashMap<>();

    private long bytes;

    TenantRow(String tenant) {
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return entries.isEmpty() && slowest.isEmpty();
    }

    /** Adds a request; of those that are the slowest of their route and minute, only the slower one. */
    void add(JournalEntry entry) {
        JournalEntry former =
                entry.isSlowestOfMinute() ? slowest.get(entry.place().route()) : null;
        if (former != null && minute(former) == minute(entry)) {
            // Several upstreams of a route, and routes of several snapshots, each tell their own slowest.
            if (former.outcome().durationNanos() > entry.outcome().durationNanos()) {
                return;
            }
            bytes -= EntrySize.of(former);
        } else if (former != null) {
            entries.addLast(former);
        }
        bytes += EntrySize.of(entry);
        if (entry.isSlowestOfMinute()) {
            slowest.put(entry.place().route(), entry);
        } else {
            entries.addLast(entry);
        }
    }

    private static long minute(JournalEntry entry) {
        return Math.floorDiv(entry.outcome().startEpochNanos() + entry.outcome().durationNanos(), MINUTE);
    }

    /** Removes the oldest request; of the current minute's slowest, which have no order, any. Must not be empty. */
    void removeOne() {
        JournalEntry removed = entries.pollFirst();
        if (removed == null) {
            String route = slowest.keySet().iterator().next();
            removed = slowest.remove(route);
        }
        if (removed != null) {
            bytes -= EntrySize.of(removed);
        }
    }

    void forEach(Consumer<JournalEntry> action) {
        entries.forEach(action);
        slowest.values().forEach(action);
    }
}

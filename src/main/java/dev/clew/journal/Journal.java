package dev.clew.journal;

import java.util.List;
import java.util.Optional;

/** The journal of requests. Safe for several threads; {@link #offer} never waits. */
public final class Journal {

    /**
     * Offers an ended request.
     *
     * @param loop the index of the event loop that calls; each loop calls with its own
     */
    public void offer(int loop, JournalEntry entry) {}

    /** Returns a page of the selected requests, the newest first, from behind a cursor on. */
    public JournalPage query(JournalQuery query, JournalPage.Cursor from, int limit) {
        return new JournalPage(List.of(), null);
    }

    /** Returns the request with this SERVER span ID. */
    public Optional<JournalEntry> byId(String id) {
        return Optional.empty();
    }

    /** Returns the requests of the traces whose ID begins with these digits, in lower case; the newest first. */
    public List<JournalEntry> byTraceId(String prefix) {
        return List.of();
    }

    /**
     * Follows the selected requests as they end.
     *
     * @param capacity the requests that may wait; further ones are dropped and counted
     * @param whenReady called, on any thread and also needlessly, when requests wait; must not block
     */
    public Subscription subscribe(JournalQuery query, int capacity, Runnable whenReady) {
        return new Subscription(query, capacity, whenReady);
    }
}

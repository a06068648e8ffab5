package dev.clew.journal;

import dev.clew.journal.JournalPage.Cursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The journal of requests, bounded in bytes. Requests worth keeping, which have
 * {@linkplain Circumstances circumstances}, are in a store that is fair between tenants, and
 * outlive ordinary ones by far; of these, each event loop keeps its newest and a uniform sample.
 *
 * <p>Safe for several threads. {@link #offer} never waits; reading waits for other readers, so never read on an event
 * loop.
 */
public final class Journal {

    /** The part of the bound for ordinary requests. */
    private static final int ORDINARY = 4;

    private static final Comparator<JournalEntry> NEWEST_FIRST = Comparator.<JournalEntry>comparingLong(
                    entry -> -entry.outcome().startEpochNanos())
            .thenComparing(JournalEntry::id);

    private final long bound;
    private final OrdinaryRequests[] ordinary;
    private final SharedStore worthy;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /**
     * Creates an empty journal.
     *
     * @param bytes the bound on the memory held, about
     * @param loops the number of event loops
     */
    public Journal(long bytes, int loops) {
        this.bound = bytes;
        this.worthy = new SharedStore(bytes - bytes / ORDINARY);
        this.ordinary = new OrdinaryRequests[loops];
        for (int i = 0; i < loops; i++) {
            ordinary[i] = new OrdinaryRequests(bytes / ORDINARY / loops, i);
        }
    }

    /** Returns a journal that keeps nothing. */
    public static Journal disabled() {
        return new Journal(0, 0);
    }

    /** Returns whether requests are kept. */
    public boolean isEnabled() {
        return bound > 0;
    }

    /**
     * Offers an ended request.
     *
     * @param loop the index of the event loop that calls; each loop has its own
     */
    public void offer(int loop, JournalEntry entry) {
        if (entry.isKept()) {
            worthy.offer(entry);
        }
        // The slowest so far is an ordinary one again when a slower one comes.
        if ((!entry.isKept() || entry.isSlowestOfMinute()) && loop < ordinary.length) {
            ordinary[loop].offer(entry);
        }
        for (Subscription subscription : subscriptions) {
            subscription.offer(entry);
        }
    }

    /**
     * Returns a page of the selected requests, the newest first.
     *
     * @param from the cursor behind which the page begins
     * @param limit the maximum number of requests, 1 or more
     */
    public JournalPage query(JournalQuery query, Cursor from, int limit) {
        List<JournalEntry> found = select(entry -> from.isBefore(entry) && query.isMetBy(entry));
        if (found.size() <= limit) {
            return new JournalPage(found, null);
        }
        List<JournalEntry> page = List.copyOf(found.subList(0, limit));
        return new JournalPage(page, Cursor.of(page.get(limit - 1)));
    }

    /** Returns the request with this SERVER span ID. */
    public Optional<JournalEntry> byId(String id) {
        return select(entry -> entry.id().equals(id)).stream().findFirst();
    }

    /** Returns the requests of the traces whose ID begins with these digits, in lower case; the newest first. */
    public List<JournalEntry> byTraceId(String prefix) {
        return select(entry -> entry.ids().traceId().startsWith(prefix));
    }

    /** An entry that moves while it is looked for may be met twice. */
    private List<JournalEntry> select(Predicate<JournalEntry> wanted) {
        Set<JournalEntry> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<JournalEntry> found = new ArrayList<>();
        Consumer<JournalEntry> collect = entry -> {
            if (wanted.test(entry) && seen.add(entry)) {
                found.add(entry);
            }
        };
        worthy.forEach(collect);
        for (OrdinaryRequests requests : ordinary) {
            requests.forEach(collect);
        }
        found.sort(NEWEST_FIRST);
        return found;
    }

    /**
     * Follows the selected requests as they end.
     *
     * @param capacity the number of requests that may wait, 1 or more; further ones are dropped and counted
     * @param whenReady called on an event loop of requests when some wait that were not announced; must not block
     */
    public Subscription subscribe(JournalQuery query, int capacity, Runnable whenReady) {
        Subscription subscription = new Subscription(query, capacity, whenReady, subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    /** Returns the bound on the memory held, in bytes. */
    public long bound() {
        return bound;
    }

    /** Returns the memory held, in bytes, as estimated. */
    public long bytes() {
        long sum = worthy.bytes();
        for (OrdinaryRequests requests : ordinary) {
            sum += requests.bytes();
        }
        return sum;
    }

    /** Returns the number of requests worth keeping that were lost because readers held the store for too long. */
    public long lost() {
        return worthy.lost();
    }
}

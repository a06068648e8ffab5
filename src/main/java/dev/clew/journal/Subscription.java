package dev.clew.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A live stream of requests that drops rather than slows: requests wait in a bounded queue until they are taken.
 */
public final class Subscription implements AutoCloseable {

    private final JournalQuery query;
    private final Runnable whenReady;
    private final Consumer<Subscription> whenClosed;
    private final int capacity;
    /** Without a lock: event loops write it. */
    private final Queue<JournalEntry> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean announced = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();

    Subscription(JournalQuery query, int capacity, Runnable whenReady, Consumer<Subscription> whenClosed) {
        this.query = query;
        this.whenReady = whenReady;
        this.whenClosed = whenClosed;
        this.capacity = capacity;
    }

    void offer(JournalEntry entry) {
        if (query.isMetBy(entry)) {
            if (size.incrementAndGet() <= capacity) {
                waiting.add(entry);
            } else {
                size.decrementAndGet();
                dropped.incrementAndGet();
            }
            if (announced.compareAndSet(false, true)) {
                whenReady.run();
            }
        }
    }

    /** Returns the waiting requests in their order, and removes them. */
    public List<JournalEntry> take() {
        // Reset first: what comes from here on is announced again.
        announced.set(false);
        List<JournalEntry> taken = new ArrayList<>();
        for (JournalEntry next = waiting.poll(); next != null; next = waiting.poll()) {
            size.decrementAndGet();
            taken.add(next);
        }
        return taken;
    }

    /** Returns the number of requests dropped since the last call. */
    public long takeDropped() {
        return dropped.getAndSet(0);
    }

    @Override
    public void close() {
        whenClosed.accept(this);
    }
}

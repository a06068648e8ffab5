package dev.clew.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A live stream of requests that drops rather than slows: requests wait in a bounded queue until they are taken.
 */
public final class Subscription implements AutoCloseable {

    private final JournalQuery query;
    private final Runnable whenReady;
    private final Queue<JournalEntry> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private volatile Runnable whenClosed = () -> {};

    Subscription(JournalQuery query, int capacity, Runnable whenReady) {
        this.query = query;
        this.whenReady = whenReady;
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    void onClose(Runnable run) {
        whenClosed = run;
    }

    void offer(JournalEntry entry) {
        if (query.isMetBy(entry)) {
            if (!waiting.offer(entry)) {
                dropped.incrementAndGet();
            }
            whenReady.run();
        }
    }

    /** Returns the waiting requests in their order, and removes them. */
    public List<JournalEntry> take() {
        List<JournalEntry> taken = new ArrayList<>();
        for (JournalEntry next = waiting.poll(); next != null; next = waiting.poll()) {
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
        whenClosed.run();
    }
}

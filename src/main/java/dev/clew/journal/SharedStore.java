package dev.clew.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The {@link FairStore} of all event loops. None of them waits for it: while another thread is in the store, what is
 * offered is queued, and stored by whoever comes next.
 */
final class SharedStore {

    private static final int MOST_QUEUED = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final FairStore store;
    private final Queue<JournalEntry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final LongAdder lost = new LongAdder();

    SharedStore(long bytes) {
        this.store = new FairStore(bytes);
    }

    void offer(JournalEntry entry) {
        if (lock.tryLock()) {
            try {
                storeQueued();
                store.add(entry);
            } finally {
                lock.unlock();
            }
        } else if (queued.incrementAndGet() <= MOST_QUEUED) {
            queue.add(entry);
        } else {
            queued.decrementAndGet();
            lost.increment();
        }
    }

    private void storeQueued() {
        for (JournalEntry next = queue.poll(); next != null; next = queue.poll()) {
            queued.decrementAndGet();
            store.add(next);
        }
    }

    void forEach(Consumer<JournalEntry> action) {
        lock.lock();
        try {
            storeQueued();
            store.forEach(action);
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        return store.bytes();
    }

    long lost() {
        return lost.sum();
    }
}

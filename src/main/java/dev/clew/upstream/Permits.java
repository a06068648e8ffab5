package dev.clew.upstream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests may be at an upstream at once, over all event loops, and the bounded line of those that wait.
 *
 * <p>Thread-safe without a lock. Whoever enters must leave exactly once.
 */
final class Permits {

    private final int capacity;
    private final int maxWaiting;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<PendingRequest> queue = new ConcurrentLinkedQueue<>();

    Permits(int capacity, int maxWaiting) {
        this.capacity = capacity;
        this.maxWaiting = maxWaiting;
    }

    boolean tryAcquire() {
        int now = inside.get();
        while (now < capacity) {
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inside.get();
        }
        return false;
    }

    /** False when the line is full. */
    boolean tryQueue(PendingRequest waiter) {
        if (waiting.incrementAndGet() > maxWaiting) {
            dropCancelled();
            if (waiting.get() > maxWaiting) {
                waiting.decrementAndGet();
                return false;
            }
        }
        queue.add(waiter);
        // A permit freed between the caller's tryAcquire and the line above would have found nobody waiting.
        serveQueue();
        return true;
    }

    /** All wait equally long, so that those who have given up stand in front. */
    private void dropCancelled() {
        PendingRequest first = queue.peek();
        while (first != null && !first.isWaiting() && queue.remove(first)) {
            waiting.decrementAndGet();
            first = queue.peek();
        }
    }

    void release() {
        inside.decrementAndGet();
        if (!queue.isEmpty()) {
            serveQueue();
        }
    }

    int inside() {
        return inside.get();
    }

    /** Those in line, some of whom may have given up. */
    int waiting() {
        return waiting.get();
    }

    private void serveQueue() {
        while (!queue.isEmpty() && tryAcquire()) {
            if (!grantNext()) {
                inside.decrementAndGet();
            }
        }
    }

    private boolean grantNext() {
        PendingRequest next = queue.poll();
        while (next != null) {
            waiting.decrementAndGet();
            if (next.grant()) {
                return true;
            }
            next = queue.poll();
        }
        return false;
    }
}

package dev.clew.upstream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bound on concurrent requests to an upstream over all event loops, with a bounded queue.
 *
 * <p>Lock-free and thread-safe. Each acquired permit is released exactly once.
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

    /** Queues a request; returns false when the queue is full. */
    boolean tryQueue(PendingRequest request) {
        if (waiting.incrementAndGet() > maxWaiting) {
            dropCancelled();
            if (waiting.get() > maxWaiting) {
                waiting.decrementAndGet();
                return false;
            }
        }
        queue.add(request);
        // A permit released between the caller's tryAcquire and the line above would have found an empty queue.
        serveQueue();
        return true;
    }

    /** Removes cancelled requests from the head of the queue: all wait equally long, so they gather there. */
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

    /** Returns the number of queued requests, including cancelled ones not yet removed. */
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

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
    private final Queue<Waiter> line = new ConcurrentLinkedQueue<>();

    Permits(int capacity, int maxWaiting) {
        this.capacity = capacity;
        this.maxWaiting = maxWaiting;
    }

    boolean tryEnter() {
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
    boolean tryWait(Waiter waiter) {
        if (waiting.incrementAndGet() > maxWaiting) {
            dropDeserters();
            if (waiting.get() > maxWaiting) {
                waiting.decrementAndGet();
                return false;
            }
        }
        line.add(waiter);
        // A permit freed between the caller's tryEnter and the line above would have found nobody waiting.
        serveLine();
        return true;
    }

    /** All wait equally long, so that those who have given up stand in front. */
    private void dropDeserters() {
        Waiter first = line.peek();
        while (first != null && !first.isWaiting() && line.remove(first)) {
            waiting.decrementAndGet();
            first = line.peek();
        }
    }

    void leave() {
        inside.decrementAndGet();
        if (!line.isEmpty()) {
            serveLine();
        }
    }

    int inside() {
        return inside.get();
    }

    /** Those in line, some of whom may have given up. */
    int waiting() {
        return waiting.get();
    }

    private void serveLine() {
        while (!line.isEmpty() && tryEnter()) {
            if (!grantNext()) {
                inside.decrementAndGet();
            }
        }
    }

    private boolean grantNext() {
        Waiter next = line.poll();
        while (next != null) {
            waiting.decrementAndGet();
            if (next.grant()) {
                return true;
            }
            next = line.poll();
        }
        return false;
    }
}

package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.queue.ExportQueue;
import dev.clew.export.queue.Queued;
import dev.clew.export.settings.DestinationSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One telemetry backend with its own queue, thread and exporter, so that a backend that hangs delays nothing else. Its
 * settings can change while items flow: queued items are then sent by the new ones.
 */
public final class Destination<T extends Queued> {

    private final ExportCounters counters;
    private final ExportLoop<T> loop;
    private final Thread thread;

    /** The state of a destination. */
    public enum State {
        /** The last batch was delivered. */
        OK,
        /** The queue rejects items, or did so recently. */
        DROPPING,
        /** The last batch was not delivered, or only in part. */
        FAILING,
        /** The first export is in progress or being retried. */
        TRYING,
        /** Nothing has been sent yet with the current settings. */
        IDLE,
        /** There is no usable endpoint; everything is dropped. */
        MISCONFIGURED,
        /** Nothing more is accepted; queued items are being sent. */
        CLOSING
    }

    /** Starts the destination's thread. */
    Destination(ExportCounters counters, DestinationSettings settings, Backend<T> backend) {
        this.counters = counters;
        counters.markErrorAsFormer();
        this.loop = new ExportLoop<>(counters, DestinationRevision.first(settings, backend, counters, this::wake));
        this.thread = new Thread(loop, "clew-export-" + settings.name());
        this.thread.setDaemon(true);
        thread.start();
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    /** Accepts an item, or drops and counts it. Never blocks and never throws. Thread-safe. */
    public void offer(T item) {
        counters.offered();
        ExportQueue<T> queue = loop.wanted().queue();
        for (; ; ) {
            @Nullable DropReason reason = queue.admit(item);
            if (reason == null) {
                return;
            }
            ExportQueue<T> current = loop.wanted().queue();
            // A queue that ended between the look-up and the offer has a successor, published before it ended.
            if (current == queue) {
                counters.drop(reason);
                return;
            }
            queue = current;
        }
    }

    /** Returns true if the queue has no room for another item. */
    public boolean isFull() {
        ExportQueue<T> queue = loop.wanted().queue();
        return queue.queued() >= queue.capacity();
    }

    /** Counts an item that was not created because the queue {@linkplain #isFull() is full}. */
    public void offerInVain() {
        counters.offeredInVain(DropReason.QUEUE_FULL);
    }

    /** Returns the current settings. */
    public DestinationSettings settings() {
        return loop.wanted().settings();
    }

    /** Returns the name in configuration and metrics. */
    public String name() {
        return counters.name();
    }

    /** Returns the counts of the items offered so far. */
    public ExportCounts counts() {
        return counters.counts();
    }

    /** Returns the current state. */
    public State state() {
        if (loop.isClosing()) {
            return State.CLOSING;
        } else if (loop.wanted().backend().isNone()) {
            return State.MISCONFIGURED;
        }
        State state = loop.wanted().log().state();
        return state != State.FAILING && loop.isDropping() ? State.DROPPING : state;
    }

    ExportCounters counters() {
        return counters;
    }

    /**
     * Switches to other settings. The batch being sent may still complete with the old ones.
     *
     * @return the former revision, to be passed to {@link #finishReplacing}
     */
    DestinationRevision<T> beginReplacing(DestinationSettings settings, Backend<T> backend) {
        DestinationRevision<T> before = loop.wanted();
        DestinationRevision<T> next = before.next(settings, backend, counters, this::wake);
        loop.switchTo(next);
        if (next.queue() != before.queue()) {
            before.queue().reject(DropReason.REMOVED);
        }
        wake();
        return before;
    }

    /**
     * Waits until the thread has switched from the old backend, or closes that backend: its batch is then sent with the
     * new settings.
     *
     * @param bound the longest time this call takes
     */
    void finishReplacing(DestinationRevision<T> before, Duration bound) {
        try {
            loop.wanted().adopted().await(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        before.backend().close();
    }

    /**
     * Stops accepting items, sends queued ones within the bound, and drops and counts the rest.
     *
     * @param reason the reason for dropping the rest
     * @param bound the longest time this call takes
     */
    void close(DropReason reason, Duration bound) {
        beginClose(reason, bound);
        awaitClosed(bound);
    }

    void beginClose(DropReason reason, Duration bound) {
        loop.wanted().queue().reject(reason);
        loop.close(reason, bound);
        wake();
    }

    void awaitClosed(Duration bound) {
        try {
            // Zero would wait forever.
            thread.join(Math.max(1, bound.toMillis()));
            // Aborts an export that blocks the thread, which then has a grace period to count the rest.
            if (thread.isAlive()) {
                loop.cutOff();
                thread.join(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanQueue;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.settings.DestinationSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One telemetry backend with its own queue, its own thread and its own exporter, so that one that hangs holds up
 * nothing but itself. Its settings can change while spans flow: what waits then leaves by the new ones.
 */
public final class Destination implements SpanSink {

    private final ExportCounters counters;
    private final ExportLoop loop;
    private final Thread thread;

    /** How a destination is doing. */
    public enum State {
        /** The last batch arrived. */
        OK,
        /** Spans find no room in the queue, or did not until lately. */
        DROPPING,
        /** The last batch did not arrive, or not whole. */
        FAILING,
        /** The first export is under way, or being tried again. */
        TRYING,
        /** Nothing has been sent yet by the settings in force. */
        IDLE,
        /** There is no usable endpoint; everything is dropped. */
        MISCONFIGURED,
        /** It takes no more spans and sends those that wait. */
        CLOSING
    }

    /** Starts the destination's thread. */
    Destination(ExportCounters counters, DestinationSettings settings, Backend backend) {
        this.counters = counters;
        counters.markErrorAsFormer();
        this.loop = new ExportLoop(counters, DestinationRevision.first(settings, backend, counters, this::wake));
        this.thread = new Thread(loop, "clew-export-" + settings.name());
        this.thread.setDaemon(true);
        thread.start();
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void offer(FinishedSpan span) {
        counters.offered();
        SpanQueue queue = loop.wanted().queue();
        for (; ; ) {
            @Nullable DropReason reason = queue.admit(span);
            if (reason == null) {
                return;
            }
            SpanQueue current = loop.wanted().queue();
            // A queue that ended between the look and the offer has a successor, which was there before it ended.
            if (current == queue) {
                counters.drop(reason);
                return;
            }
            queue = current;
        }
    }

    /** What it is told to be. */
    public DestinationSettings settings() {
        return loop.wanted().settings();
    }

    /** How configuration and metrics name this destination. */
    public String name() {
        return counters.name();
    }

    /** What became of the spans offered so far. */
    public ExportCounts counts() {
        return counters.counts();
    }

    /** How it is doing. */
    public State state() {
        if (loop.isClosing()) {
            return State.CLOSING;
        } else if (loop.wanted().backend() == Backend.NONE) {
            return State.MISCONFIGURED;
        }
        State state = loop.wanted().log().state();
        return state != State.FAILING && loop.isDropping() ? State.DROPPING : state;
    }

    ExportCounters counters() {
        return counters;
    }

    /**
     * Goes on with other settings. The batch that is being sent may still finish by the old ones.
     *
     * @return to be closed by {@link #finishReplacing}
     */
    DestinationRevision beginReplacing(DestinationSettings settings, Backend backend) {
        DestinationRevision before = loop.wanted();
        DestinationRevision next = before.next(settings, backend, counters, this::wake);
        loop.switchTo(next);
        if (next.queue() != before.queue()) {
            before.queue().refuse(DropReason.REMOVED);
        }
        wake();
        return before;
    }

    /**
     * Waits until the thread has turned away from the old backend, or cuts that off: the batch it held is then sent by
     * the new settings.
     *
     * @param bound most time this call takes
     */
    void finishReplacing(DestinationRevision before, Duration bound) {
        try {
            loop.wanted().adopted().await(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        before.backend().close();
    }

    /**
     * Takes no more spans, sends those that wait for as long as the bound allows, and drops and counts the rest.
     *
     * @param reason why the rest is dropped
     * @param bound most time this call takes
     */
    void close(DropReason reason, Duration bound) {
        beginClose(reason, bound);
        awaitClosed(bound);
    }

    void beginClose(DropReason reason, Duration bound) {
        loop.wanted().queue().refuse(reason);
        loop.close(reason, bound);
        wake();
    }

    void awaitClosed(Duration bound) {
        try {
            // Zero would mean for ever.
            thread.join(Math.max(1, bound.toMillis()));
            // Ends an export that holds the thread, which then only counts what is left; the grace is for that.
            if (thread.isAlive()) {
                loop.cutOff();
                thread.join(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

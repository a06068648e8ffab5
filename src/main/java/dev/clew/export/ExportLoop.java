package dev.clew.export;

import dev.clew.export.otlp.ExportFailure;
import dev.clew.export.otlp.ExportOutcome;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportQueue;
import dev.clew.export.queue.Queued;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The task of a destination's thread: takes batches from the queue and sends them. A batch that fails after the
 * exporter's retries is dropped and counted; the next batch is sent regardless, by which export resumes.
 */
final class ExportLoop<T extends Queued> implements Runnable {

    private final ExportCounters counters;
    private final DropLog drops;
    private DestinationRevision<T> current;
    private @Nullable CompletableResultCode straggler;
    /** Revisions not yet adopted; the thread adopts them between batches, one by one, as each may have queued items. */
    private final Queue<DestinationRevision<T>> next = new ConcurrentLinkedQueue<>();
    /** The latest revision. */
    private volatile DestinationRevision<T> wanted;

    private volatile @Nullable Closing closing;
    /** Set before the exporter is shut down from outside, so that the resulting failure is attributed to it. */
    private volatile boolean cutOff;

    /** The reason for dropping the rest, and the deadline by {@link System#nanoTime()}. */
    private record Closing(DropReason reason, long by) {}

    ExportLoop(ExportCounters counters, DestinationRevision<T> first) {
        this.counters = counters;
        this.drops = new DropLog(counters);
        this.current = first;
        this.wanted = first;
    }

    DestinationRevision<T> wanted() {
        return wanted;
    }

    boolean isDropping() {
        return drops.isDropping();
    }

    boolean isClosing() {
        return closing != null;
    }

    /** Switches to another revision; the caller then wakes the thread. */
    void switchTo(DestinationRevision<T> other) {
        next.add(other);
        wanted = other;
    }

    /** Closes the loop; the caller then wakes the thread. */
    void close(DropReason reason, Duration bound) {
        closing = new Closing(reason, System.nanoTime() + bound.toNanos());
    }

    void cutOff() {
        cutOff = true;
        wanted.backend().close();
    }

    @Override
    public void run() {
        while (closing == null) {
            adopt();
            drops.check(current.settings());
            sleepUntilBatchOr(
                    System.nanoTime() + current.settings().queue().delay().toNanos());
            if (closing == null && current == wanted) {
                exportBatch(current.queue());
            }
        }
        adopt();
        finish(current.queue());
        current.backend().close();
        drops.check(current.settings());
        current.log().closed(current.settings(), counters.counts());
    }

    private void adopt() {
        for (DestinationRevision<T> following = next.poll(); following != null; following = next.poll()) {
            DestinationRevision<T> before = current;
            current = following;
            current.adopted().countDown();
            if (current.queue() != before.queue()) {
                finish(before.queue());
            }
        }
    }

    /** Sends the rest of a queue that accepts no more items; drops those that are left at the deadline. */
    private void finish(ExportQueue<T> queue) {
        while (!queue.seal()) {
            if (left(Long.MAX_VALUE) <= 0 || !exportBatch(queue)) {
                drop(queue);
            }
            Thread.onSpinWait();
        }
    }

    private void sleepUntilBatchOr(long next) {
        while (closing == null && current == wanted && current.queue().prepareToSleep()) {
            long nanos = next - System.nanoTime();
            if (nanos <= 0) {
                break;
            }
            LockSupport.parkNanos(this, nanos);
        }
        current.queue().wakeUp();
    }

    /** Sends one batch and settles it; returns false once the deadline for closing has passed. */
    private boolean exportBatch(ExportQueue<T> queue) {
        if (!awaitStraggler()) {
            return false;
        }
        List<T> items = drain(queue);
        if (items.isEmpty()) {
            return true;
        }
        for (; ; ) {
            DestinationRevision<T> by = wanted;
            by.log().begin();
            long start = System.nanoTime();
            CompletableResultCode result = by.backend().export(items);
            boolean done =
                    await(result, current.settings().queue().exportTimeout().toNanos());
            // An export that failed with replaced settings is retried with the new ones.
            if (done && !result.isSuccess() && by.backend() != wanted.backend() && !isTimeUp()) {
                continue;
            }
            straggler = done ? null : result;
            ExportOutcome outcome = outcome(result, by, items);
            by.log().record(by.settings(), outcome, items.size(), System.nanoTime() - start);
            settle(queue, items, outcome);
            return done || closing == null;
        }
    }

    private List<T> drain(ExportQueue<T> queue) {
        List<T> items = new ArrayList<>(Math.min(current.settings().queue().batch(), queue.queued()));
        queue.drainTo(items);
        return items;
    }

    private void drop(ExportQueue<T> queue) {
        List<T> items = drain(queue);
        @Nullable Closing end = closing;
        queue.settle(items, items.size(), end == null ? DropReason.REMOVED : end.reason());
    }

    private ExportOutcome outcome(CompletableResultCode result, DestinationRevision<T> by, List<T> items) {
        if (result.isSuccess()) {
            return new ExportOutcome.Sent(by.backend().rejectedOf(items));
        }
        @Nullable Closing end = closing;
        if (end != null && (cutOff || isTimeUp())) {
            return new ExportOutcome.Lost(end.reason(), "cut off");
        }
        return result.isDone()
                ? ExportFailure.of(result.getFailureThrowable(), by.settings().otlp())
                : new ExportOutcome.Lost(DropReason.EXPORT_TIMEOUT, ExportFailure.TIMED_OUT);
    }

    private static <T extends Queued> void settle(ExportQueue<T> queue, List<T> items, ExportOutcome outcome) {
        if (outcome instanceof ExportOutcome.Sent sent) {
            queue.settle(items, sent.rejected(), DropReason.REJECTED);
        } else if (outcome instanceof ExportOutcome.Lost lost) {
            queue.settle(items, items.size(), lost.reason());
        }
    }

    /**
     * Waits for an abandoned export to end, so that a hanging destination never has two in progress.
     *
     * @return false if the deadline for closing passes first
     */
    private boolean awaitStraggler() {
        @Nullable CompletableResultCode late = straggler;
        if (late != null && !await(late, Long.MAX_VALUE)) {
            return false;
        }
        straggler = null;
        return true;
    }

    private boolean await(CompletableResultCode result, long timeoutNanos) {
        Thread thread = Thread.currentThread();
        result.whenComplete(() -> LockSupport.unpark(thread));
        long start = System.nanoTime();
        while (!result.isDone()) {
            long nanos = left(timeoutNanos - (System.nanoTime() - start));
            if (nanos <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, nanos);
        }
        return true;
    }

    private boolean isTimeUp() {
        return left(Long.MAX_VALUE) <= 0;
    }

    private long left(long nanos) {
        @Nullable Closing end = closing;
        return end == null ? nanos : Math.min(nanos, end.by() - System.nanoTime());
    }
}

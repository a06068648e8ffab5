package dev.clew.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One telemetry backend with its own queue, its own thread and its own exporter, so that one that hangs holds up nothing
 * but itself. A batch that fails, after the retries of its exporter, is dropped and counted; the next batch is tried
 * like any other, which is how export resumes.
 */
public final class Destination {

    private static final Logger LOG = Logger.getLogger(Destination.class);

    private final String name;
    private final String address;
    private final QueueSettings settings;
    private final SpanExporter exporter;
    private final SpanQueue queue;
    private final Thread thread;
    private volatile long lastSuccessEpochMillis;
    private volatile @Nullable String lastError;
    private boolean failing;
    private @Nullable CompletableResultCode straggler;
    /** Set before the exporter is shut down from outside, so that what then fails is known for what it is. */
    private volatile boolean cutOff;

    private volatile boolean closing;
    private volatile long closeBy;

    /**
     * Starts the destination's thread.
     *
     * @param name how configuration and metrics name it
     * @param address where it is, for messages only: scheme, host and port
     */
    Destination(String name, String address, QueueSettings settings, SpanExporter exporter) {
        this.name = name;
        this.address = address;
        this.settings = settings;
        this.exporter = exporter;
        this.thread = new Thread(this::run, "clew-export-" + name);
        this.thread.setDaemon(true);
        this.queue = new SpanQueue(settings, () -> LockSupport.unpark(thread));
        thread.start();
    }

    /** How configuration and metrics name this destination. */
    public String name() {
        return name;
    }

    /** Where spans for this destination go. */
    public SpanSink sink() {
        return queue;
    }

    /** What became of the spans offered so far. */
    public ExportCounts counts() {
        return queue.counts(lastSuccessEpochMillis, lastError);
    }

    SpanQueue queue() {
        return queue;
    }

    long lastSuccessEpochMillis() {
        return lastSuccessEpochMillis;
    }

    /**
     * Takes no more spans, sends those that wait for as long as the bound allows, and drops and counts the rest.
     *
     * @param bound most time this call takes
     */
    public void close(Duration bound) {
        beginClose(bound);
        awaitClosed(bound);
    }

    void beginClose(Duration bound) {
        queue.refuse(DropReason.SHUTDOWN);
        closeBy = System.nanoTime() + bound.toNanos();
        closing = true;
        LockSupport.unpark(thread);
    }

    void awaitClosed(Duration bound) {
        try {
            // Zero would mean for ever.
            thread.join(Math.max(1, bound.toMillis()));
            // Ends an export that holds the thread, which then only counts what is left; the grace is for that.
            if (thread.isAlive()) {
                cutOff = true;
                exporter.shutdown();
                thread.join(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long next = System.nanoTime() + settings.delay().toNanos();
        while (!closing) {
            sleepUntilBatchOr(next);
            if (!closing) {
                exportBatch();
            }
            next = System.nanoTime() + settings.delay().toNanos();
        }
        while (queue.queued() > 0 && left(Long.MAX_VALUE) > 0 && exportBatch()) {
            Thread.onSpinWait();
        }
        dropRest();
        exporter.shutdown();
        long late = queue.dropped(DropReason.SHUTDOWN);
        if (late > 0) {
            LOG.infof(
                    "telemetry destination %s (%s): %d spans could not be sent before the gateway stopped",
                    name, address, late);
        }
    }

    private void sleepUntilBatchOr(long next) {
        while (!closing && queue.awaitingBatch()) {
            long nanos = next - System.nanoTime();
            if (nanos <= 0) {
                break;
            }
            LockSupport.parkNanos(this, nanos);
        }
        queue.awake();
    }

    /** Sends one batch and settles it; false when the time to close is up. */
    private boolean exportBatch() {
        if (!awaitStraggler()) {
            return false;
        }
        List<SpanData> spans = new ArrayList<>(Math.min(settings.batch(), queue.queued()));
        queue.drainTo(spans);
        if (spans.isEmpty()) {
            return true;
        }
        CompletableResultCode result = send(spans);
        if (!await(result, settings.exportTimeout().toNanos())) {
            straggler = result;
            boolean closed = closing;
            failed(spans, closed ? DropReason.SHUTDOWN : DropReason.EXPORT_TIMEOUT, closed ? "cut off" : "timed out");
            return !closed;
        } else if (result.isSuccess()) {
            succeeded(spans);
        } else if (cutOff || (closing && left(Long.MAX_VALUE) <= 0)) {
            failed(spans, DropReason.SHUTDOWN, "cut off");
        } else {
            String error = ExportFailure.describe(result.getFailureThrowable());
            failed(
                    spans,
                    error.equals(ExportFailure.TIMED_OUT) ? DropReason.EXPORT_TIMEOUT : DropReason.EXPORT_FAILED,
                    error);
        }
        return true;
    }

    @SuppressWarnings(
            "PMD.AvoidCatchingThrowable") // whatever a transport throws, linkage errors included, costs one batch
    private CompletableResultCode send(List<SpanData> spans) {
        try {
            return exporter.export(spans);
        } catch (Throwable e) {
            return CompletableResultCode.ofExceptionalFailure(e);
        }
    }

    /**
     * Waits for an export that was given up to really end, so that a destination that hangs never has two at work.
     *
     * @return false when the time to close is up first
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

    private long left(long nanos) {
        return closing ? Math.min(nanos, closeBy - System.nanoTime()) : nanos;
    }

    private void dropRest() {
        List<SpanData> rest = new ArrayList<>();
        do {
            rest.clear();
            queue.drainTo(rest);
            queue.settle(rest, DropReason.SHUTDOWN);
        } while (!rest.isEmpty());
    }

    private void succeeded(List<SpanData> spans) {
        lastSuccessEpochMillis = System.currentTimeMillis();
        queue.settle(spans, null);
        if (failing) {
            failing = false;
            LOG.infof(
                    "telemetry destination %s (%s): export works again; %d spans dropped so far",
                    name, address, queue.droppedInAll());
        }
    }

    private void failed(List<SpanData> spans, DropReason reason, String error) {
        lastError = error;
        queue.settle(spans, reason);
        if (!failing && reason != DropReason.SHUTDOWN) {
            failing = true;
            LOG.warnf(
                    "telemetry destination %s (%s): export fails: %s; %d spans dropped so far. Requests are not"
                            + " affected; export is tried again with every batch",
                    name, address, error, queue.droppedInAll());
        }
    }
}

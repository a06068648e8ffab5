package dev.clew.export.otlp;

import dev.clew.export.queue.QueuedSpan;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The connection to a telemetry backend with one set of settings. Used by one thread, closed by any. */
public final class Backend<T> {

    private static final Backend<Object> NONE =
            new Backend<>(items -> CompletableResultCode.ofFailure(), () -> {}, new AtomicLong());

    private final Function<List<T>, CompletableResultCode> exporter;
    private final Runnable shutdown;
    private final AtomicLong rejected;

    /**
     * @param exporter sends a batch
     * @param shutdown closes the exporter and aborts an export in progress
     * @param rejected set by the exporter to the number of items that the backend rejected from an accepted batch
     */
    public Backend(Function<List<T>, CompletableResultCode> exporter, Runnable shutdown, AtomicLong rejected) {
        this.exporter = exporter;
        this.shutdown = shutdown;
        this.rejected = rejected;
    }

    /** Returns the absence of an exporter; no item reaches it. */
    @SuppressWarnings("unchecked") // it never touches an item
    public static <T> Backend<T> none() {
        return (Backend<T>) NONE;
    }

    /** @param rejected as in the constructor */
    public static Backend<QueuedSpan> ofSpans(SpanExporter exporter, AtomicLong rejected) {
        return new Backend<>(
                spans -> exporter.export(Collections.unmodifiableList(spans)), exporter::shutdown, rejected);
    }

    /** Returns true for {@link #none()}. */
    public boolean isNone() {
        return this == (Object) NONE;
    }

    @SuppressWarnings(
            "PMD.AvoidCatchingThrowable") // whatever a transport throws, linkage errors included, costs one batch
    public CompletableResultCode export(List<T> items) {
        rejected.set(0);
        try {
            return exporter.apply(items);
        } catch (Throwable e) {
            return CompletableResultCode.ofExceptionalFailure(e);
        }
    }

    /** Returns the number of items rejected from the last accepted batch; at most its size. */
    public int rejectedOf(List<T> items) {
        return (int) Math.max(0, Math.min(rejected.get(), items.size()));
    }

    /** Closes the backend and aborts an export in progress. */
    public void close() {
        shutdown.run();
    }
}

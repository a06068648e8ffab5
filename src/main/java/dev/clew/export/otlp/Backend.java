package dev.clew.export.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The connection to a telemetry backend with one set of settings. Used by one thread, closed by any. */
public final class Backend {

    /** The absence of an exporter; no span reaches it. */
    public static final Backend NONE = new Backend(new NoExporter());

    private final SpanExporter exporter;
    private final AtomicLong rejected;

    /** Creates a backend whose exporter does not report partial success. */
    public Backend(SpanExporter exporter) {
        this(exporter, new AtomicLong());
    }

    /** @param rejected set by the exporter to the number of spans that the backend rejected from an accepted batch */
    public Backend(SpanExporter exporter, AtomicLong rejected) {
        this.exporter = exporter;
        this.rejected = rejected;
    }

    @SuppressWarnings(
            "PMD.AvoidCatchingThrowable") // whatever a transport throws, linkage errors included, costs one batch
    public CompletableResultCode export(List<SpanData> spans) {
        rejected.set(0);
        try {
            return exporter.export(spans);
        } catch (Throwable e) {
            return CompletableResultCode.ofExceptionalFailure(e);
        }
    }

    /** Returns the number of spans rejected from the last accepted batch; at most its size. */
    public int rejectedOf(List<SpanData> spans) {
        return (int) Math.max(0, Math.min(rejected.get(), spans.size()));
    }

    /** Closes the backend and aborts an export in progress. */
    public void close() {
        exporter.shutdown();
    }

    private static final class NoExporter implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofFailure();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}

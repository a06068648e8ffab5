package dev.clew.export.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A telemetry backend as one set of settings reaches it. Used by one thread, closed by any. */
public final class Backend {

    /** Stands in where no exporter could be made; no span reaches it. */
    public static final Backend NONE = new Backend(new NoExporter());

    private final SpanExporter exporter;
    private final AtomicLong rejected;

    /** Of an exporter that knows of no partial success. */
    public Backend(SpanExporter exporter) {
        this(exporter, new AtomicLong());
    }

    /** @param rejected where the exporter puts how many spans of a batch the backend took and refused */
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

    /** How many spans of the last batch were refused although it was taken; never more than there were. */
    public int rejectedOf(List<SpanData> spans) {
        return (int) Math.max(0, Math.min(rejected.get(), spans.size()));
    }

    /** Ends what is under way. */
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

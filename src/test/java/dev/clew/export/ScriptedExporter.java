package dev.clew.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.function.Supplier;

/** Runs a script instead of sending. */
record ScriptedExporter(Supplier<CompletableResultCode> script) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return script.get();
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

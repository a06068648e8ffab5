package dev.clew.export.sdk;

import dev.clew.export.settings.InternalSpanRatios;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Spans of the gateway's own work. Each part of the work has a ratio of its own; an unsampled span does nothing. */
public final class InternalSpans {

    /** Traces nothing. */
    public static final InternalSpans NONE = new InternalSpans(OpenTelemetry.noop(), new InternalSpanRatios(0, 0));

    private static final long MICRO = 1000;

    private final Tracer tracer;
    private final InternalSpanRatios ratios;

    public InternalSpans(OpenTelemetry telemetry, InternalSpanRatios ratios) {
        this.tracer = telemetry.getTracer("dev.clew");
        this.ratios = ratios;
    }

    /** Starts the span of work that no request waits for, as a trace of its own. */
    public Span background(String name, SpanKind kind) {
        return isSampled(ratios.background())
                ? tracer.spanBuilder(name)
                        .setParent(Context.root().with(SdkSampler.DECIDED, true))
                        .setSpanKind(kind)
                        .startSpan()
                : Span.getInvalid();
    }

    /** As {@link #background(String, SpanKind)}, for work that began some time ago. */
    public Span background(String name, SpanKind kind, long agoNanos) {
        return isSampled(ratios.background())
                ? tracer.spanBuilder(name)
                        .setParent(Context.root().with(SdkSampler.DECIDED, true))
                        .setSpanKind(kind)
                        .setStartTimestamp(nowMicros() - agoNanos / MICRO, TimeUnit.MICROSECONDS)
                        .startSpan()
                : Span.getInvalid();
    }

    /** Returns whether any work within requests is traced. */
    public boolean tracesRequests() {
        return ratios.requests() > 0;
    }

    /** Starts the span of work within a request; unsampled if the request is. */
    public Span ofRequest(String name, SpanKind kind, Context request) {
        return isSampled(ratios.requests())
                ? tracer.spanBuilder(name).setParent(request).setSpanKind(kind).startSpan()
                : Span.getInvalid();
    }

    /** Ends a span, as failed if there is an error. */
    public static void end(Span span, @Nullable String errorType) {
        if (errorType != null) {
            span.setAttribute("error.type", errorType).setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private static boolean isSampled(double ratio) {
        return ratio > 0 && ThreadLocalRandom.current().nextDouble() < ratio;
    }

    private static long nowMicros() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / MICRO;
    }
}

package dev.clew.export.sdk;

import dev.clew.exchange.Fault;
import dev.clew.export.settings.InternalSpanRatios;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Spans of the gateway's own work. Each part of the work has a ratio of its own; an unsampled span does nothing. */
public final class InternalSpans {

    /** Traces nothing. */
    public static final InternalSpans NONE =
            new InternalSpans(OpenTelemetry.noop(), new InternalSpanRatios(0, 0), nanos -> nanos);

    private static final Logger LOG = Logger.getLogger(InternalSpans.class);

    private final Tracer tracer;
    private final InternalSpanRatios ratios;
    private final LongUnaryOperator epochNanosAt;

    /** @param epochNanosAt the clock of all spans: epoch nanoseconds at a moment of {@link System#nanoTime} */
    public InternalSpans(OpenTelemetry telemetry, InternalSpanRatios ratios, LongUnaryOperator epochNanosAt) {
        this.tracer = telemetry.getTracer("dev.clew");
        this.ratios = ratios;
        this.epochNanosAt = epochNanosAt;
    }

    /** Starts the span of work that no request waits for, as a trace of its own. */
    public Span background(String name, SpanKind kind) {
        return background(name, kind, 0);
    }

    /** As {@link #background(String, SpanKind)}, for work that began some time ago. */
    public Span background(String name, SpanKind kind, long agoNanos) {
        return isSampled(ratios.background())
                ? started(tracer.spanBuilder(name)
                        .setParent(Context.root().with(SdkSampler.DECIDED, true))
                        .setSpanKind(kind)
                        .setStartTimestamp(
                                epochNanosAt.applyAsLong(System.nanoTime() - agoNanos), TimeUnit.NANOSECONDS))
                : Span.getInvalid();
    }

    /** Returns whether any work within requests is traced. */
    public boolean tracesRequests() {
        return ratios.requests() > 0;
    }

    /** Starts the span of work within a request; unsampled if the request is. */
    public Span ofRequest(String name, SpanKind kind, Context request) {
        return isSampled(ratios.requests())
                ? started(tracer.spanBuilder(name).setParent(request).setSpanKind(kind))
                : Span.getInvalid();
    }

    /** Keeps a fault of an extension's span processor from the work that is traced. */
    private static Span started(SpanBuilder builder) {
        try {
            return builder.startSpan();
        } catch (RuntimeException fault) {
            LOG.debug("span could not be started", Fault.withoutMessage(fault));
            return Span.getInvalid();
        }
    }

    /** Ends a span, as failed if there is an error. */
    public static void end(Span span, @Nullable String errorType) {
        if (errorType != null) {
            span.setAttribute("error.type", errorType).setStatus(StatusCode.ERROR);
        }
        try {
            span.end();
        } catch (RuntimeException fault) {
            LOG.debug("span could not be ended", Fault.withoutMessage(fault));
        }
    }

    private static boolean isSampled(double ratio) {
        return ratio > 0 && ThreadLocalRandom.current().nextDouble() < ratio;
    }
}

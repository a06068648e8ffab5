package dev.clew.demo;

import dev.clew.exchange.EpochClock;
import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.queue.SpanTemplate;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;

/** A started span of a demo service. */
final class OpenSpan {

    /** No response was received, or sent. */
    static final int NO_STATUS = 0;

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final StartedTrace trace;
    private final SpanTemplate template;
    private final Attributes attributes;
    private final EpochClock clock;
    private final SpanSink sink;
    private final long startNanos = System.nanoTime();

    OpenSpan(StartedTrace trace, SpanTemplate template, Attributes attributes, EpochClock clock, SpanSink sink) {
        this.trace = trace;
        this.template = template;
        this.attributes = attributes;
        this.clock = clock;
        this.sink = sink;
    }

    OpenSpan child(String spanId, SpanTemplate childTemplate, Attributes childAttributes) {
        TraceContext here = trace.context();
        TraceContext asParent = new TraceContext(here.traceId(), trace.spanId(), here.flags(), here.traceState());
        return new OpenSpan(
                new StartedTrace(asParent, spanId, null, false, trace.trust()),
                childTemplate,
                childAttributes,
                clock,
                sink);
    }

    /** Returns the trace context for calls made under this span. */
    String traceParent() {
        return trace.traceParent(trace.spanId());
    }

    String traceState() {
        return trace.traceState();
    }

    /** Ends the span by OpenTelemetry's HTTP conventions: a 4xx is an error for a client only. */
    void end(int status) {
        if (!trace.sampled()) {
            return;
        }
        boolean server = template.kind() == SpanKind.SERVER;
        boolean failed = status == NO_STATUS || status >= (server ? 500 : 400);
        AttributesBuilder all = attributes.toBuilder();
        if (status != NO_STATUS) {
            all.put(STATUS, status);
        }
        if (failed) {
            all.put(ERROR_TYPE, status == NO_STATUS ? "connection-lost" : Integer.toString(status));
        }
        long endNanos = System.nanoTime();
        long endEpochNanos = clock.epochNanosAt(endNanos);
        sink.offer(new FinishedSpan(
                template,
                new SpanIds(trace.traceId(), trace.spanId(), trace.parentSpanId(), server, trace.flags(), traceState()),
                endEpochNanos - (endNanos - startNanos),
                endEpochNanos,
                failed ? StatusData.error() : StatusData.unset(),
                SpanAttributes.shared(all.build())));
    }
}

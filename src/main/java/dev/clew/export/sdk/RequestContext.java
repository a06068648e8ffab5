package dev.clew.export.sdk;

import dev.clew.exchange.RoutedRequest;
import dev.clew.export.queue.SpanIds;
import dev.clew.trace.context.StartedTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/** The context of spans that belong to a request. */
public final class RequestContext {

    private RequestContext() {}

    /** Returns the context in which spans are children of the request's SERVER span, and belong to its tenant. */
    public static Context of(RoutedRequest request) {
        StartedTrace trace = request.exchange().trace();
        SpanIds server = new SpanIds(
                trace.traceId(), trace.spanId(), trace.parentSpanId(), true, trace.flags(), trace.traceState());
        return Context.root().with(Span.wrap(server)).with(SdkSpans.TENANT, request.tenant());
    }
}

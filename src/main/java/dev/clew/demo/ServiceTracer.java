package dev.clew.demo;

import dev.clew.exchange.EpochClock;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.sdk.SdkSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Traces a service with OpenTelemetry's SDK: a SERVER span for each request, a CLIENT span for each call. Each service
 * has an SDK of its own, as if it were a process of its own.
 */
final class ServiceTracer {

    /** No response was received, or sent. */
    static final int NO_STATUS = 0;

    private static final String KEY = "trace";
    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<MultiMap> FIELDS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MultiMap headers) {
            return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable MultiMap headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final Tracer tracer;

    /** @param clock the gateway's, since the service is a part of its process: no span begins before its parent */
    ServiceTracer(String service, SpanSink sink, EpochClock clock) {
        this.tracer = SdkTracerProvider.builder()
                .setClock(clock)
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", service)
                        .build())
                .addSpanProcessor(new SdkSpans(tenant -> sink))
                .build()
                .get("dev.clew.demo");
    }

    /** Returns a handler to mount before a route's own. */
    Handler<RoutingContext> serving(String route) {
        return context -> {
            String method = context.request().method().name();
            Context caller = W3C.extract(Context.root(), context.request().headers(), FIELDS);
            Span span = tracer.spanBuilder(method + " " + route)
                    .setParent(caller)
                    .setSpanKind(SpanKind.SERVER)
                    .setAttribute("http.request.method", method)
                    .setAttribute("http.route", route)
                    .setAttribute("url.scheme", "http")
                    .startSpan();
            context.put(KEY, caller.with(span));
            // Proves to the caller that the trace was continued.
            context.response().putHeader("traceresponse", traceResponse(span.getSpanContext()));
            context.response()
                    .endHandler(end -> end(
                            span,
                            SpanKind.SERVER,
                            context.response().ended() ? context.response().getStatusCode() : NO_STATUS));
            context.next();
        };
    }

    private static String traceResponse(SpanContext span) {
        return "00-" + span.getTraceId() + '-' + span.getSpanId() + '-'
                + span.getTraceFlags().asHex();
    }

    /** Starts the span of a call that the service makes while it serves a request. */
    Span calling(RoutingContext context, String method, String host, int port) {
        Context serving = Objects.requireNonNull(context.get(KEY), "not behind serving()");
        return tracer.spanBuilder(method)
                .setParent(serving)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", method)
                .setAttribute("server.address", host)
                .setAttribute("server.port", (long) port)
                .startSpan();
    }

    /** Adds a call's trace context to its header fields. */
    static void inject(Span call, MultiMap headers) {
        W3C.inject(Context.root().with(call), headers, (fields, name, value) -> Objects.requireNonNull(fields)
                .set(name, value));
    }

    /** Ends the span by OpenTelemetry's HTTP conventions: a 4xx is an error for a client only. */
    static void end(Span span, SpanKind kind, int status) {
        if (status != NO_STATUS) {
            span.setAttribute("http.response.status_code", (long) status);
        }
        if (status == NO_STATUS || status >= (kind == SpanKind.SERVER ? 500 : 400)) {
            span.setAttribute("error.type", status == NO_STATUS ? "connection-lost" : Integer.toString(status));
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}

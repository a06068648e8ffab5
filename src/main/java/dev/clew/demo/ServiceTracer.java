package dev.clew.demo;

import dev.clew.exchange.EpochClock;
import dev.clew.export.queue.AttributeLimits;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.queue.SpanTemplate;
import dev.clew.trace.context.Inbound;
import dev.clew.trace.context.InboundTrace;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.RandomIds;
import dev.clew.trace.context.Sampler;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TrustDecision;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** Traces a service as an OpenTelemetry agent would: a SERVER span for each request, a CLIENT span for each call. */
final class ServiceTracer {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final String KEY = "span";

    private final SpanOrigin origin;
    private final SpanSink sink;
    private final RandomIds ids = new RandomIds();
    private final EpochClock clock = new EpochClock();

    ServiceTracer(String service, SpanSink sink) {
        Attributes name = Attributes.of(AttributeKey.stringKey("service.name"), service);
        this.origin = new SpanOrigin(
                Resource.getDefault().merge(Resource.create(name)),
                InstrumentationScopeInfo.create("dev.clew.demo"),
                AttributeLimits.DEFAULT);
        this.sink = sink;
    }

    /** Returns a handler to mount before a route's own. Services trust the gateway, so the sampled flag is followed. */
    Handler<RoutingContext> serving(String route) {
        return context -> {
            Inbound inbound = InboundTrace.read(
                    context.request().headers().getAll("traceparent"),
                    context.request().headers().getAll("tracestate"));
            StartedTrace trace =
                    TrustDecision.start(InboundTrust.PRESERVE, inbound, Sampler.DEFAULT, ids, System.nanoTime());
            String method = context.request().method().name();
            Attributes attributes = Attributes.of(METHOD, method, ROUTE, route, SCHEME, "http");
            OpenSpan span =
                    new OpenSpan(trace, template(method + " " + route, SpanKind.SERVER), attributes, clock, sink);
            context.put(KEY, span);
            // Proves to the caller that the trace was continued.
            context.response().putHeader("traceresponse", span.traceParent());
            context.response()
                    .endHandler(end -> span.end(
                            context.response().ended() ? context.response().getStatusCode() : OpenSpan.NO_STATUS));
            context.next();
        };
    }

    /** Starts the span of a call that the service makes while it serves a request. */
    OpenSpan calling(RoutingContext context, String method, String host, int port) {
        OpenSpan server = Objects.requireNonNull(context.get(KEY), "not behind serving()");
        Attributes attributes = Attributes.of(METHOD, method, SERVER_ADDRESS, host, SERVER_PORT, (long) port);
        return server.child(ids.spanId(), template(method, SpanKind.CLIENT), attributes);
    }

    private SpanTemplate template(String name, SpanKind kind) {
        return new SpanTemplate(name, kind, "", origin);
    }
}

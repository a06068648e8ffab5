package dev.clew.filter;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.PropagationHeaders;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.tracing.CallerTrust;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.trace.context.IdSource;
import dev.clew.trace.context.Inbound;
import dev.clew.trace.context.InboundTrace;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TrustDecision;
import dev.clew.trace.force.ForcedTracing;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Starts the trace of every request: reads the caller's trace context, trusts it as far as the tenant's policy allows,
 * and adds trace IDs to the response before any step can fail.
 */
public final class TraceFilter implements Handler<RoutingContext> {

    private static final CharSequence TRACE_FORCE = HttpHeaders.createOptimized("x-trace-force");
    private static final CharSequence TRACE_ID = HttpHeaders.createOptimized("x-trace-id");
    private static final CharSequence SPAN_ID = HttpHeaders.createOptimized("x-span-id");
    private static final CharSequence TRACERESPONSE = HttpHeaders.createOptimized("traceresponse");
    private static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("server-timing");

    /** The sampler of forced traces, which ignores the caller's decision and the sampling budget. */
    private static final Sampler FORCED = new Sampler.AlwaysOn();

    private static final long SECOND_MILLIS = 1000;

    private final Propagators propagators;
    private final CallerTrust trustWithoutTenant;
    private final Sampler samplerWithoutTenant;
    private final GatewaySettings.ResponseHeaders shown;
    private final ForcedTracing forced;
    private final IdSource ids;

    public TraceFilter(Propagators propagators, GatewaySettings settings, ForcedTracing forced, IdSource ids) {
        TracingPolicy policy = settings.tenantDefaults().tracing();
        this.propagators = propagators;
        this.trustWithoutTenant = policy.trust();
        this.samplerWithoutTenant = policy.sampling().newSampler();
        this.shown = settings.responseHeaders();
        this.forced = forced;
        this.ids = ids;
    }

    @Override
    public void handle(RoutingContext context) {
        start(Exchange.of(context));
        context.next();
    }

    /** Starts the trace; also called for requests that fail before any filter runs. */
    public void start(Exchange exchange) {
        Inbound inbound = InboundTrace.read(exchange.request().headers(), PropagationHeaders.LINES, propagators);
        TenantEntry tenant = exchange.tenant();
        Sampler sampler = sampler(exchange, tenant);
        InboundTrust trust = trust(
                tenant == null ? trustWithoutTenant : tenant.tenant().tracing().trust(), exchange);
        StartedTrace trace = TrustDecision.start(trust, inbound, sampler, ids, exchange.startNanos());
        exchange.traced(trace);
        show(trace, exchange.response().headers());
    }

    private Sampler sampler(Exchange exchange, @Nullable TenantEntry tenant) {
        if (forced.isEnabled() && isForced(exchange, tenant)) {
            exchange.forced();
            return FORCED;
        }
        return tenant == null ? samplerWithoutTenant : tenant.sampler(exchange.route());
    }

    private boolean isForced(Exchange exchange, @Nullable TenantEntry tenant) {
        MultiMap headers = exchange.request().headers();
        if (!headers.contains(TRACE_FORCE)) {
            return false;
        }
        return forced.admits(
                headers.getAll(TRACE_FORCE),
                tenant == null ? null : tenant.tenant().id().value(),
                System.currentTimeMillis() / SECOND_MILLIS,
                exchange.startNanos());
    }

    private static InboundTrust trust(CallerTrust trust, Exchange exchange) {
        if (!trust.dependsOnPeer()) {
            return trust.inbound();
        }
        String peer = exchange.caller().peer();
        return peer == null ? trust.inbound() : trust.of(peer);
    }

    private void show(StartedTrace trace, MultiMap response) {
        if (shown.traceId()) {
            response.add(TRACE_ID, trace.traceId());
        }
        if (shown.spanId()) {
            response.add(SPAN_ID, trace.spanId());
        }
        if (shown.traceresponse()) {
            response.add(TRACERESPONSE, trace.traceParent(trace.spanId()));
        }
        if (shown.serverTiming()) {
            response.add(SERVER_TIMING, "trace;desc=" + trace.traceId());
        }
    }
}

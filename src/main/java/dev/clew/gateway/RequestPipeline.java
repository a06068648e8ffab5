package dev.clew.gateway;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.Loops;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.Unrouted;
import dev.clew.filter.AddressFilter;
import dev.clew.filter.DirectResponseFilter;
import dev.clew.filter.AuthenticationFilter;
import dev.clew.filter.ConnectionFilter;
import dev.clew.filter.CrossOrigin;
import dev.clew.filter.LimitFilter;
import dev.clew.filter.TraceFilter;
import dev.clew.listener.Listeners;
import dev.clew.network.Networks;
import dev.clew.observe.RequestRecord;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.tenant.Tenants;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * The way of every request, in order. This is the only place with an order in it.
 *
 * <ol>
 *   <li>{@link #open}: first, so that the clock runs and the end is recorded whatever happens.
 *   <li>{@link #locate}: before tracing, for whose request it is decides how far its trace context is believed, and
 *   tenant
 *       and route decide together whether it is recorded.
 *   <li>{@link TraceFilter}: before anything may fail, for a failure's answer must name the trace.
 *   <li>{@link ConnectionFilter}: before anything of the tenant is shown, for not every connection may ask for it.
 *   <li>{@link AddressFilter}: before all that tells anything of the tenant or uses up its limits: who is denied costs
 *   it nothing.
 *   <li>{@link #admit}: refuses what is malformed or leads nowhere; from here on a request is a {@link RoutedRequest}.
 *   <li>{@link LimitFilter}: before a connection is taken, which is what limits protect.
 *   <li>{@link AuthenticationFilter}: after the limits, so that guessing is limited, too; before anything is done for
 *   the caller.
 *   <li>{@link DirectResponseFilter}: what a route answers itself takes part in the limits as everything else does.
 *   <li>{@link UpstreamProxy}: last.
 * </ol>
 *
 * <p>A filter that fails a request writes nothing: {@link FailureHandler} does, for all of them.
 */
public final class RequestPipeline {

    /** Quarkus begins its own routes later; live reload in development mode alone comes before. */
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE + 1;

    /** Vert.x's word for the latest stream. */
    private static final int UP_TO_NOW = -1;

    private final Tenants tenants;
    private final Loops loops;
    private final Networks trustedProxies;
    private final TraceFilter traceFilter;
    private final ConnectionFilter connectionFilter;
    private final AddressFilter addressFilter;
    private final LimitFilter limitFilter;
    private final AuthenticationFilter authenticationFilter;
    private final DirectResponseFilter directResponseFilter;
    private final UpstreamProxy proxy;
    private final RequestRecord record;
    private final Drain drain;
    private final Consumer<Exchange> whenEnded = this::ended;

    /** Those filters that settings go into. */
    record Filters(
            TraceFilter trace,
            ConnectionFilter connection,
            AddressFilter address,
            LimitFilter limit,
            AuthenticationFilter authentication,
            UpstreamProxy proxy) {}

    RequestPipeline(
            Tenants tenants, Loops loops, Networks trustedProxies, Filters filters, RequestRecord record, Drain drain) {
        this.tenants = tenants;
        this.loops = loops;
        this.trustedProxies = trustedProxies;
        this.traceFilter = filters.trace();
        this.connectionFilter = filters.connection();
        this.addressFilter = filters.address();
        this.limitFilter = filters.limit();
        this.authenticationFilter = filters.authentication();
        this.directResponseFilter = new DirectResponseFilter();
        this.proxy = filters.proxy();
        this.record = record;
        this.drain = drain;
    }

    /** One route with all filters: Vert.x then matches once, not once a filter. */
    public void mountOn(Router router) {
        router.route()
                .order(BEFORE_ALL_OTHERS)
                .handler(this::open)
                .handler(RequestPipeline::locate)
                .handler(traceFilter)
                .handler(connectionFilter)
                .handler(addressFilter)
                .handler(RequestPipeline::admit)
                .handler(limitFilter)
                .handler(authenticationFilter)
                .handler(directResponseFilter)
                .handler(proxy)
                .failureHandler(new FailureHandler(this::traced));
    }

    private void open(RoutingContext context) {
        begin(context);
        context.next();
    }

    private Exchange begin(RoutingContext context) {
        Exchange exchange = Exchange.begin(context, loops.current(), tenants, trustedProxies, whenEnded);
        if (drain.isUnderWay()
                || Listeners.mustCloseAfterResponse(context.request().connection())) {
            endWithConnection(context, exchange);
        } else {
            context.response().endHandler(end -> exchange.lifetime().end());
        }
        return exchange;
    }

    /** Tells the client to come again elsewhere: RFC 9112 section 9.6, RFC 9113 section 6.8. */
    private void endWithConnection(RoutingContext context, Exchange exchange) {
        HttpConnection connection = context.request().connection();
        if (context.request().version() == HttpVersion.HTTP_2) {
            // Requests that are on their way to here are still taken, until the listener has closed.
            connection.goAway(0, drain.isAccepting() ? Integer.MAX_VALUE : UP_TO_NOW);
            context.response().endHandler(end -> exchange.lifetime().end());
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.response().endHandler(end -> {
            exchange.lifetime().end();
            connection.close();
        });
    }

    private void ended(Exchange exchange) {
        try {
            record.ended(exchange);
        } finally {
            LimitFilter.release(exchange);
        }
    }

    private static void locate(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        exchange.routing(RequestRouting.locate(exchange));
        context.next();
    }

    private static void admit(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        if (exchange.routing() instanceof Unrouted unrouted) {
            exchange.fail(unrouted.why());
        } else {
            CrossOrigin.addHeaders(exchange.routed());
            context.next();
        }
    }

    /** A request that failed before all this was done for it has to be opened, owned and traced all the same. */
    private Exchange traced(RoutingContext context) {
        Exchange begun = Exchange.find(context);
        Exchange exchange = begun != null ? begun : begin(context);
        if (!exchange.isTraced()) {
            exchange.routing(RequestRouting.locate(exchange));
            traceFilter.start(exchange);
        }
        return exchange;
    }
}

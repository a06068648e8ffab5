package dev.clew.gateway;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.Loops;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.Unrouted;
import dev.clew.extension.RequestFilter;
import dev.clew.extension.RequestFilter.Place;
import dev.clew.extension.RequestFilters;
import dev.clew.filter.AddressFilter;
import dev.clew.filter.AuthenticationFilter;
import dev.clew.filter.ConnectionFilter;
import dev.clew.filter.CrossOrigin;
import dev.clew.filter.DirectResponseFilter;
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
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * The filters that every request passes, in order. No other place defines an order.
 *
 * <ol>
 *   <li>{@link #open}: first, so that the clock runs and the end is recorded in any case.
 *   <li>{@link #locate}: before tracing, since the tenant decides how far a trace context is trusted, and tenant and
 *       route together decide on recording.
 *   <li>{@link TraceFilter}: before any filter that may fail, since an error response names the trace.
 *   <li>{@link ConnectionFilter}: before anything of the tenant is revealed, since not every connection may reach it.
 *   <li>{@link AddressFilter}: before all that reveals anything of the tenant or uses its limits: rejected clients
 *       cost it nothing.
 *   <li>{@link #admit}: rejects malformed requests and those without a route; from here on a request is a {@link
 *       RoutedRequest}.
 *   <li>{@link RequestFilters} of the operator, before the limits: they may reject what should use none.
 *   <li>{@link LimitFilter}: before an upstream connection is acquired, which limits protect.
 *   <li>{@link AuthenticationFilter}: after the limits, which also bound guessing of credentials.
 *   <li>{@link RequestFilters} of the operator, before the upstream: the caller is known.
 *   <li>{@link DirectResponseFilter}: responses of the gateway itself count towards the limits like all others.
 *   <li>{@link UpstreamProxy}: last.
 * </ol>
 *
 * <p>A filter that fails a request writes no response: {@link FailureHandler} does, for all of them.
 */
public final class RequestPipeline {

    /** Before Quarkus's routes; only live reload in development mode is earlier. */
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE + 1;

    /** Vert.x's value for the latest stream. */
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
    private final List<RequestFilter> own;
    private final UpstreamProxy proxy;
    private final RequestRecord record;
    private final Drain drain;
    private final Consumer<Exchange> whenEnded = this::ended;

    /**
     * The filters that depend on settings.
     *
     * @param own the operator's
     */
    record Filters(
            TraceFilter trace,
            ConnectionFilter connection,
            AddressFilter address,
            LimitFilter limit,
            AuthenticationFilter authentication,
            List<RequestFilter> own,
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
        this.own = filters.own();
        this.proxy = filters.proxy();
        this.record = record;
        this.drain = drain;
    }

    /** Mounts all filters on one route, which Vert.x matches once per request. */
    public void mountOn(Router router) {
        Route route = router.route().order(BEFORE_ALL_OTHERS);
        route.handler(this::open)
                .handler(RequestPipeline::locate)
                .handler(traceFilter)
                .handler(connectionFilter)
                .handler(addressFilter)
                .handler(RequestPipeline::admit);
        mountOwn(route, Place.BEFORE_LIMITS);
        route.handler(limitFilter).handler(authenticationFilter);
        mountOwn(route, Place.BEFORE_UPSTREAM);
        route.handler(directResponseFilter).handler(proxy).failureHandler(new FailureHandler(this::traced));
    }

    /** Mounts nothing for no filter, since every handler costs each request a little. */
    private void mountOwn(Route route, Place place) {
        RequestFilters filters = RequestFilters.at(place, own);
        if (!filters.isEmpty()) {
            route.handler(filters);
        }
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

    /** Asks the client to reconnect: RFC 9112 section 9.6, RFC 9113 section 6.8. */
    private void endWithConnection(RoutingContext context, Exchange exchange) {
        HttpConnection connection = context.request().connection();
        if (context.request().version() == HttpVersion.HTTP_2) {
            // Requests already in flight to the gateway are accepted until the listener has closed.
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

    /** Opens, locates and traces a request that failed before these steps, if need be. */
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

package dev.clew.gateway;

import dev.clew.answer.AnswerFilter;
import dev.clew.answer.CrossOrigin;
import dev.clew.auth.AddressFilter;
import dev.clew.auth.AuthenticationFilter;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.Loops;
import dev.clew.exchange.RequestHead;
import dev.clew.limit.LimitFilter;
import dev.clew.listener.Listeners;
import dev.clew.observe.RequestRecord;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.route.Match;
import dev.clew.route.RequestPath;
import dev.clew.route.RouteTable;
import dev.clew.tenant.Route;
import dev.clew.tenant.TenantResolver;
import dev.clew.tenant.TenantResolver.Resolution;
import dev.clew.tenant.Tenants;
import dev.clew.trace.TraceFilter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of every request, in order. This is the only place with an order in it.
 *
 * <ol>
 *   <li>{@link #open}: first, so that the clock runs and the end is recorded whatever happens.
 *   <li>{@link #locate}: before tracing, for whose request it is decides how far its trace context is believed, and tenant
 *       and route decide together whether it is recorded.
 *   <li>{@link TraceFilter}: before anything may fail, for a failure's answer must name the trace.
 *   <li>{@link ConnectionFilter}: before anything of the tenant is shown, for not every connection may ask for it.
 *   <li>{@link AddressFilter}: before all that tells anything of the tenant or uses up its limits: who is denied costs it nothing.
 *   <li>{@link #admit}: refuses what is malformed or leads nowhere; from here on there are a tenant and a route.
 *   <li>{@link LimitFilter}: before a connection is taken, which is what limits protect.
 *   <li>{@link AuthenticationFilter}: after the limits, so that guessing is limited, too; before anything is done for the caller.
 *   <li>{@link AnswerFilter}: what a route answers itself takes part in the limits as everything else does.
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
    private final TraceFilter traceFilter;
    private final ConnectionFilter connectionFilter;
    private final AddressFilter addressFilter;
    private final LimitFilter limitFilter;
    private final AuthenticationFilter authenticationFilter;
    private final AnswerFilter answerFilter;
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

    RequestPipeline(Tenants tenants, Loops loops, Filters filters, RequestRecord record, Drain drain) {
        this.tenants = tenants;
        this.loops = loops;
        this.traceFilter = filters.trace();
        this.connectionFilter = filters.connection();
        this.addressFilter = filters.address();
        this.limitFilter = filters.limit();
        this.authenticationFilter = filters.authentication();
        this.answerFilter = new AnswerFilter();
        this.proxy = filters.proxy();
        this.record = record;
        this.drain = drain;
    }

    /** One route with all filters: Vert.x then matches once, not once a filter. */
    public void mountOn(Router router) {
        router.route()
                .order(BEFORE_ALL_OTHERS)
                .handler(this::open)
                .handler(this::locate)
                .handler(traceFilter)
                .handler(connectionFilter)
                .handler(addressFilter)
                .handler(this::admit)
                .handler(limitFilter)
                .handler(authenticationFilter)
                .handler(answerFilter)
                .handler(proxy)
                .failureHandler(new FailureHandler(this::traced));
    }

    private void open(RoutingContext context) {
        begin(context);
        context.next();
    }

    private Exchange begin(RoutingContext context) {
        Exchange exchange = Exchange.begin(context, loops.current(), tenants.begin(), whenEnded);
        if (drain.isUnderWay() || Listeners.endsWithResponse(context.request().connection())) {
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
            LimitFilter.leave(exchange);
        }
    }

    private void locate(RoutingContext context) {
        locate(Exchange.of(context));
        context.next();
    }

    private static void locate(Exchange exchange) {
        RequestHead head = exchange.head();
        RequestPath path = path(head);
        Resolution resolution = TenantResolver.resolve(exchange.snapshot(), head.authority(), path, exchange.facts());
        exchange.resolved(resolution);
        if (path != null && resolution instanceof Resolution.Known known) {
            exchange.matched(match(exchange, known.tenant().routes(), path), path);
        }
    }

    private static Match<Route> match(Exchange exchange, RouteTable<Route> routes, RequestPath path) {
        String askedFor = CrossOrigin.methodAskedFor(exchange.request());
        if (askedFor != null
                && routes.match(askedFor, path.matched(), exchange.facts()) instanceof Match.Found<Route> found
                && found.target().response().cors() != null) {
            return found;
        }
        return routes.match(exchange.request().method().name(), path.matched(), exchange.facts());
    }

    /** Null when the request is malformed, or its path. */
    private static @Nullable RequestPath path(RequestHead head) {
        return head.fault() == null
                        && head.target() != null
                        && RequestPath.parse(head.target().path()) instanceof RequestPath.Parsed.Ok ok
                ? ok.path()
                : null;
    }

    private void admit(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        GatewayError refusal = refusal(exchange);
        if (refusal == null) {
            CrossOrigin.show(exchange, Objects.requireNonNull(exchange.route(), "not routed"));
            context.next();
        } else {
            exchange.fail(refusal);
        }
    }

    /** Why a request is refused before it is routed, or null. */
    static @Nullable GatewayError refusal(Exchange exchange) {
        if (exchange.head().fault() != null) {
            return exchange.head().fault();
        }
        Resolution resolution = exchange.resolution();
        if (resolution instanceof Resolution.Known) {
            return refusal(exchange.match());
        }
        if (resolution instanceof Resolution.Suspended) {
            return GatewayError.of(ErrorKind.TENANT_SUSPENDED, "This service is suspended.");
        }
        if (resolution instanceof Resolution.Undecided) {
            return malformedPath();
        }
        return resolution instanceof Resolution.Malformed
                ? GatewayError.of(
                        ErrorKind.MALFORMED_HOST, "The request names no host, more than one, or a malformed one.")
                : GatewayError.of(ErrorKind.UNKNOWN_HOST, "No service is known by this host.");
    }

    static GatewayError malformedPath() {
        return GatewayError.of(ErrorKind.MALFORMED_PATH, "The request's path is malformed or ambiguous.");
    }

    private static @Nullable GatewayError refusal(@Nullable Match<Route> match) {
        if (match == null) {
            return malformedPath();
        }
        if (match instanceof Match.MethodNotAllowed<Route> refused) {
            return GatewayError.of(ErrorKind.METHOD_NOT_ALLOWED, "The resource does not know this method.")
                    .withHeader("allow", refused.allow());
        }
        return match instanceof Match.Found<Route>
                ? null
                : GatewayError.of(ErrorKind.UNKNOWN_ROUTE, "The service knows no such path.");
    }

    /** A request that failed before all this was done for it has to be opened, owned and traced all the same. */
    private Exchange traced(RoutingContext context) {
        Exchange begun = Exchange.find(context);
        Exchange exchange = begun != null ? begun : begin(context);
        if (!exchange.isTraced()) {
            locate(exchange);
            traceFilter.start(exchange);
        }
        return exchange;
    }
}

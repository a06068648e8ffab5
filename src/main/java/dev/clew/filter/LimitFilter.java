package dev.clew.filter;

import dev.clew.budget.Ledger;
import dev.clew.budget.Shed;
import dev.clew.budget.channel.ChannelBytes;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.limit.CountedConnections;
import dev.clew.limit.HeaderSection;
import dev.clew.limit.RateLimitHeaders;
import dev.clew.limit.RateScript;
import dev.clew.limit.SharedRates;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.ReplicaShare;
import dev.clew.tenant.limit.TenantShare;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests that exceed the tenant's limits, before an upstream receives them. The proxy counts bodies of
 * undeclared length while they stream, and enforces the request's maximum duration.
 */
@Singleton
public class LimitFilter implements Handler<RoutingContext> {

    private static final long MICRO = 1000;

    private final SharedRates sharedRates;

    LimitFilter(SharedRates sharedRates) {
        this.sharedRates = sharedRates;
    }

    /** Checks the rate limit first: a request rejected for another limit has used a token too. */
    @Override
    public void handle(RoutingContext context) {
        RoutedRequest request = RoutedRequest.of(context);
        Exchange exchange = request.exchange();
        TenantEntry tenant = request.tenant();
        if (!tenant.account().admits()) {
            exchange.fail(overloaded(Shed.REQUEST));
            return;
        }
        ChannelBytes.assign(tenant.account(), exchange.request().connection());
        TenantShare share = tenant.share();
        // Not the request's start: a filter of the operator may have taken its time.
        long wait = share.takeToken(System.nanoTime());
        if (wait > 0) {
            reject(exchange, share, wait);
        } else if (share.limits().rate().isShared()) {
            sharedRates.check(request, result -> decide(context, exchange, share, result));
        } else {
            admit(context, exchange, share, Integer.MAX_VALUE);
        }
    }

    private static void decide(RoutingContext context, Exchange exchange, TenantShare share, long result) {
        if (result == RateScript.NO_RESPONSE) {
            decideAlone(context, exchange, share);
        } else if (RateScript.rejects(result)) {
            reject(exchange, share, RateScript.waitMicros(result) * MICRO);
        } else {
            admit(
                    context,
                    exchange,
                    share,
                    RateScript.remaining(result, share.limits().rate()));
        }
    }

    private static void decideAlone(RoutingContext context, Exchange exchange, TenantShare share) {
        ReplicaShare own = share.replicaShare();
        long now = System.nanoTime();
        long wait = own.takeToken(now);
        if (wait > 0) {
            reject(exchange, share, wait);
        } else {
            admit(context, exchange, share, own.tokensLeft(now));
        }
    }

    private static void reject(Exchange exchange, TenantShare share, long waitNanos) {
        long seconds = RateLimitHeaders.reject(exchange.response().headers(), share, waitNanos);
        exchange.fail(GatewayError.of(ErrorKind.RATE_LIMITED, "The rate of requests exceeds what this service accepts.")
                .withHeader("retry-after", Long.toString(seconds)));
    }

    /**
     * @param left the requests that the shared rate, or this replica's part of it, still admits; {@link
     *     Integer#MAX_VALUE} if the rate is not shared
     */
    private static void admit(RoutingContext context, Exchange exchange, TenantShare share, int left) {
        RateLimitHeaders.admit(exchange.response().headers(), share, exchange.startNanos(), left);
        GatewayError rejection = rejection(exchange, share);
        if (rejection == null) {
            exchange.counted(true);
            context.next();
            return;
        }
        exchange.fail(rejection);
        if (rejection.kind() == ErrorKind.CONNECTIONS_LIMITED
                && exchange.request().version() == HttpVersion.HTTP_2) {
            // Other tenants' requests in progress on the connection may complete.
            exchange.request().connection().goAway(0);
        }
    }

    private static @Nullable GatewayError rejection(Exchange exchange, TenantShare share) {
        Limits limits = share.limits();
        if (limits.headerSize() != Limits.UNLIMITED
                && HeaderSection.size(exchange.request().headers()) > limits.headerSize()) {
            return GatewayError.of(
                    ErrorKind.HEADERS_TOO_LARGE, "The request's headers are larger than this service accepts.");
        }
        if (limits.requestBody() != Limits.UNLIMITED && exchange.head().bodyLength() > limits.requestBody()) {
            return tooLarge();
        }
        if (limits.connections() != Limits.UNLIMITED
                && !CountedConnections.count(exchange.request().connection(), share)) {
            return GatewayError.of(
                    ErrorKind.CONNECTIONS_LIMITED, "More connections are open than this service accepts.");
        }
        return share.tryBegin()
                ? null
                : GatewayError.of(
                        ErrorKind.CONCURRENCY_LIMITED, "More requests are in progress than this service accepts.");
    }

    /** Releases what the request acquired from its tenant's limits. Must be called when the request ends. */
    public static void release(Exchange exchange) {
        if (exchange.isCounted()) {
            exchange.counted(false);
            exchange.routed().tenant().share().end();
        }
    }

    /** Returns the error of an admitted request that needs more memory than its tenant may hold. */
    public static GatewayError overloaded() {
        return overloaded(Shed.EXCHANGE);
    }

    private static GatewayError overloaded(Shed what) {
        Ledger.ofProcess().shed(what);
        return GatewayError.of(ErrorKind.OVERLOADED, "The gateway holds too much memory for this service.");
    }

    /** Returns the error of a body beyond the tenant's limit, which for an undeclared length shows while it streams. */
    public static GatewayError tooLarge() {
        return GatewayError.of(ErrorKind.REQUEST_TOO_LARGE, "The request body is larger than this service accepts.");
    }
}

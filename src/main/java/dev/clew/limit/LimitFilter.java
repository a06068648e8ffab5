package dev.clew.limit;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Limits;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantShare;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what exceeds the tenant's limits before an upstream hears of it. A body whose length is not declared is counted
 * while it streams, by the proxy.
 */
public final class LimitFilter implements Handler<RoutingContext> {

    private static final long SECOND = 1_000_000_000L;

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        GatewayError refusal = refusal(exchange, Objects.requireNonNull(exchange.tenant(), "not admitted"));
        if (refusal == null) {
            context.next();
        } else {
            exchange.fail(refusal);
        }
    }

    /** The rate comes first: what is refused for another reason has used some of it, too. */
    private static @Nullable GatewayError refusal(Exchange exchange, TenantEntry tenant) {
        TenantShare share = tenant.share();
        long wait = share.takeFromRate(exchange.startNanos());
        if (wait > 0) {
            return GatewayError.of(ErrorKind.RATE_LIMITED, "More requests came than this service accepts.")
                    .withHeader("retry-after", Long.toString(1 + (wait - 1) / SECOND));
        }
        if (exceeds(exchange.head().bodyLength(), tenant.tenant().limits())) {
            return tooLarge();
        }
        if (!share.tryBegin()) {
            return GatewayError.of(
                    ErrorKind.CONCURRENCY_LIMITED, "More requests are under way than this service accepts.");
        }
        exchange.takesPartOf(share);
        return null;
    }

    /** Gives back what a request took part of; to be called at its end, however it ended. */
    public static void leave(Exchange exchange) {
        TenantShare share = exchange.share();
        if (share != null) {
            exchange.takesPartOf(null);
            share.end();
        }
    }

    /** Also for the proxy, when the excess shows only while the body streams. */
    public static GatewayError tooLarge() {
        return GatewayError.of(ErrorKind.REQUEST_TOO_LARGE, "The request body is larger than this service accepts.");
    }

    private static boolean exceeds(long bodyLength, Limits limits) {
        return limits.requestBody() != Limits.UNLIMITED && bodyLength > limits.requestBody();
    }
}

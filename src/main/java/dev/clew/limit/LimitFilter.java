package dev.clew.limit;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Limits;
import dev.clew.tenant.TenantEntry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses what exceeds the tenant's limits before an upstream hears of it. A body whose length is not declared is counted
 * while it streams, by the proxy.
 */
public final class LimitFilter implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        TenantEntry tenant = exchange.tenant();
        if (tenant != null
                && exceeds(exchange.head().bodyLength(), tenant.tenant().limits())) {
            exchange.fail(tooLarge());
            return;
        }
        context.next();
    }

    /** Also for the proxy, when the excess shows only while the body streams. */
    public static GatewayError tooLarge() {
        return GatewayError.of(ErrorKind.REQUEST_TOO_LARGE, "The request body is larger than this service accepts.");
    }

    private static boolean exceeds(long bodyLength, Limits limits) {
        return limits.requestBody() != Limits.UNLIMITED && bodyLength > limits.requestBody();
    }
}

package dev.clew.exchange;

import dev.clew.error.GatewayError;
import dev.clew.route.RequestPath;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A request without a route.
 *
 * @param why the error with which it is rejected
 */
public record Unrouted(
        @Nullable TenantEntry tenant, @Nullable RequestPath path, @Nullable String host, GatewayError why)
        implements RoutingResult {

    @Override
    public @Nullable Route route() {
        return null;
    }
}

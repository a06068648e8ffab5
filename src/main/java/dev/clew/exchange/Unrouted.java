package dev.clew.exchange;

import dev.clew.error.GatewayError;
import dev.clew.route.RequestPath;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A request that leads nowhere.
 *
 * @param why the error that it is refused with
 */
public record Unrouted(
        @Nullable TenantEntry tenant, @Nullable RequestPath path, @Nullable String host, GatewayError why)
        implements Located {

    @Override
    public @Nullable Route route() {
        return null;
    }
}

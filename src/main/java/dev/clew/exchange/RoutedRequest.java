package dev.clew.exchange;

import dev.clew.route.RequestPath;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A request that has a tenant and a route: all that the filters behind the routing need to know of it.
 *
 * @param tenant the tenant as its snapshot has it, with its shares and its account
 * @param host the host asked for, {@linkplain dev.clew.tenant.host.HostName#normalise normalised}
 * @param query as received, without "?"; null when there is none
 */
public record RoutedRequest(
        Exchange exchange, TenantEntry tenant, Route route, RequestPath path, String host, @Nullable String query)
        implements Located {

    /** The routed request of this context; fails in front of the filter that refuses all others. */
    public static RoutedRequest of(RoutingContext context) {
        return Exchange.of(context).routed();
    }
}

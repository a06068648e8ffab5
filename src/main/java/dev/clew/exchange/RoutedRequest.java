package dev.clew.exchange;

import dev.clew.route.RequestPath;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A request with its tenant and route: the input of all filters behind routing.
 *
 * @param tenant the tenant's entry in the snapshot, with its limits and memory account
 * @param host the requested host, {@linkplain dev.clew.tenant.host.HostName#normalise normalised}
 * @param query as received, without "?"; null if there is none
 */
public record RoutedRequest(
        Exchange exchange, TenantEntry tenant, Route route, RequestPath path, String host, @Nullable String query)
        implements RoutingResult {

    /**
     * Returns the routed request of this context; throws in filters in front of the one that rejects unrouted requests.
     */
    public static RoutedRequest of(RoutingContext context) {
        return Exchange.of(context).routed();
    }
}

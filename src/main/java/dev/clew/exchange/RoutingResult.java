package dev.clew.exchange;

import dev.clew.route.RequestPath;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * The result of routing a request in its snapshot: {@linkplain RoutedRequest routed} or {@linkplain Unrouted unrouted}.
 */
public sealed interface RoutingResult permits RoutedRequest, Unrouted {

    /** Returns the tenant whose policies apply; null if the host is unknown or malformed. */
    @Nullable TenantEntry tenant();

    /** Returns the route; null if none matched. */
    @Nullable Route route();

    /** Returns the normalised path; null if the request or its path is malformed. */
    @Nullable RequestPath path();

    /**
     * Returns the requested host, {@linkplain dev.clew.tenant.host.HostName#normalise normalised}; null if there is
     * none.
     */
    @Nullable String host();
}

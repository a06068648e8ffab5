package dev.clew.exchange;

import dev.clew.route.RequestPath;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * The place of a request in its snapshot: a request is {@linkplain RoutedRequest routed}, or {@linkplain Unrouted not}.
 */
public sealed interface Located permits RoutedRequest, Unrouted {

    /** The tenant whose policies hold; null for an unknown or malformed host. */
    @Nullable TenantEntry tenant();

    /** Null when no route was found. */
    @Nullable Route route();

    /** The normalised path; null when the request is malformed, or its path. */
    @Nullable RequestPath path();

    /** The host asked for, {@linkplain dev.clew.tenant.host.HostName#normalise normalised}; null when there is none. */
    @Nullable String host();
}

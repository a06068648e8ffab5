package dev.clew.gateway;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RequestHead;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.RoutingResult;
import dev.clew.exchange.Unrouted;
import dev.clew.filter.CrossOrigin;
import dev.clew.route.Match;
import dev.clew.route.RequestPath;
import dev.clew.route.RequestTarget;
import dev.clew.route.RouteTable;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantResolver;
import dev.clew.tenant.TenantResolver.Resolution;
import dev.clew.tenant.host.HostName;
import dev.clew.tenant.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a request's tenant and route, once, in the snapshot the request began with; or the error that rejects it.
 */
final class RequestRouting {

    private RequestRouting() {}

    static RoutingResult locate(Exchange exchange) {
        RequestHead head = exchange.head();
        String host = HostName.normalise(head.authority());
        RequestPath path = path(head);
        Resolution resolution = TenantResolver.resolve(exchange.snapshot(), host, path, exchange.facts());
        TenantEntry tenant = resolution.tenant();
        GatewayError fault = head.fault();
        if (fault != null) {
            return new Unrouted(tenant, null, host, fault);
        }
        if (host == null || path == null || !(resolution instanceof Resolution.Known known)) {
            return new Unrouted(tenant, path, host, rejection(resolution));
        }
        Match<Route> match = match(exchange, known.tenant().routes(), path);
        return match instanceof Match.Found<Route> found
                ? new RoutedRequest(
                        exchange,
                        known.tenant(),
                        found.target(),
                        path,
                        host,
                        exchange.facts().query())
                : new Unrouted(tenant, path, host, rejection(match));
    }

    /** Returns null for a malformed request or path. */
    private static @Nullable RequestPath path(RequestHead head) {
        RequestTarget target = head.fault() == null ? head.target() : null;
        return target != null && RequestPath.parse(target.path()) instanceof RequestPath.Parsed.Ok ok
                ? ok.path()
                : null;
    }

    private static Match<Route> match(Exchange exchange, RouteTable<Route> routes, RequestPath path) {
        String askedFor = CrossOrigin.requestedMethod(exchange.request());
        if (askedFor != null
                && routes.match(askedFor, path.matched(), exchange.facts()) instanceof Match.Found<Route> found
                && found.target().response().cors() != null) {
            return found;
        }
        return routes.match(exchange.request().method().name(), path.matched(), exchange.facts());
    }

    /** Returns the error for a request without a tenant that serves it, or with a path that no route can match. */
    private static GatewayError rejection(Resolution resolution) {
        if (resolution instanceof Resolution.Suspended) {
            return GatewayError.of(ErrorKind.TENANT_SUSPENDED, "This service is suspended.");
        }
        if (resolution instanceof Resolution.Malformed) {
            return GatewayError.of(
                    ErrorKind.MALFORMED_HOST, "The request names no host, more than one, or a malformed one.");
        }
        return resolution instanceof Resolution.Unknown
                ? GatewayError.of(ErrorKind.UNKNOWN_HOST, "No service has this host.")
                : GatewayError.of(ErrorKind.MALFORMED_PATH, "The request's path is malformed or ambiguous.");
    }

    private static GatewayError rejection(Match<Route> match) {
        return match instanceof Match.MethodNotAllowed<Route> rejected
                ? GatewayError.of(ErrorKind.METHOD_NOT_ALLOWED, "The resource does not support this method.")
                        .withHeader("allow", rejected.allow())
                : GatewayError.of(ErrorKind.UNKNOWN_ROUTE, "No route matches the path.");
    }
}

package dev.clew.explain;

import dev.clew.error.ErrorKind;
import dev.clew.explain.Explanation.Outcome;
import dev.clew.explain.TrailStep.Step;
import dev.clew.journal.MaskedPath;
import dev.clew.route.Match;
import dev.clew.route.RequestPath;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantResolver;
import dev.clew.tenant.TenantResolver.Resolution;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Route;
import dev.clew.trace.context.Propagators;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains where a request goes and why, from a snapshot and the request's facts alone.
 *
 * <p>Names the request's host and method, and its path with {@linkplain MaskedPath masked} segments; of header fields
 * and query parameters the names, and no values.
 */
public final class RoutingExplanation {

    private RoutingExplanation() {}

    /** Returns the choice of tenant and route: the steps that a request which has been sent may lack. */
    public static List<TrailStep> routing(Snapshot snapshot, ExplainedRequest request) {
        Resolution resolution = resolve(snapshot, request);
        List<TrailStep> steps = new ArrayList<>();
        steps.add(TenantStep.of(snapshot, request, resolution));
        RequestPath path = request.path();
        if (path != null && resolution instanceof Resolution.Known known) {
            if (RouteSteps.match(known.tenant(), path, request) instanceof Match.Found<Route> found) {
                steps.add(RouteSteps.found(found.target(), request));
            } else {
                steps.addAll(RouteSteps.notFound(known.tenant(), path, request));
            }
        } else if (path == null) {
            steps.add(TrailStep.of(Step.ROUTE, "none", "the path is malformed or ambiguous"));
        }
        return steps;
    }

    /** Returns the whole course of a request that is not sent: routing, policies and the route's action. */
    public static Explanation of(Snapshot snapshot, ExplainedRequest request, Propagators propagators) {
        Resolution resolution = resolve(snapshot, request);
        List<TrailStep> trail = new ArrayList<>(routing(snapshot, request));
        TenantEntry entry = resolution.tenant();
        RequestPath path = request.path();
        String host = request.host();
        if (entry == null || path == null || host == null || !(resolution instanceof Resolution.Known)) {
            return rejected(trail, entry, rejection(resolution));
        }
        Tenant tenant = entry.tenant();
        Match<Route> match = RouteSteps.match(entry, path, request);
        Route route = match instanceof Match.Found<Route> found ? found.target() : null;
        trail.add(TracingSteps.trust(tenant, request, propagators));
        trail.add(TracingSteps.sampling(tenant, route));
        trail.add(AccessSteps.access(tenant, route));
        if (route == null) {
            boolean method = match instanceof Match.MethodNotAllowed<Route>;
            return rejected(trail, entry, method ? ErrorKind.METHOD_NOT_ALLOWED : ErrorKind.UNKNOWN_ROUTE);
        }
        trail.add(AccessSteps.limits(tenant.limits()));
        trail.add(AccessSteps.authentication(route, request));
        boolean preflight = RouteSteps.isPreflight(route, request);
        if (!preflight && AccessSteps.lacksCredentials(route.access().requirement(), request)) {
            return ended(trail, tenant, route, ErrorKind.CREDENTIALS_MISSING.status(), "credentials are missing");
        }
        if (preflight) {
            return ended(trail, tenant, route, PREFLIGHT_STATUS, "it is a CORS preflight");
        }
        Integer status = ActionSteps.status(route, host, path);
        if (status != null) {
            return ended(trail, tenant, route, status, "the route responds itself");
        }
        trail.addAll(ActionSteps.of((Action.Forward) route.action(), request));
        return forwarded(trail, tenant, route);
    }

    private static final int PREFLIGHT_STATUS = 204;

    private static Resolution resolve(Snapshot snapshot, ExplainedRequest request) {
        return TenantResolver.resolve(snapshot, request.host(), request.path(), request.facts());
    }

    private static ErrorKind rejection(Resolution resolution) {
        if (resolution instanceof Resolution.Suspended) {
            return ErrorKind.TENANT_SUSPENDED;
        }
        if (resolution instanceof Resolution.Malformed) {
            return ErrorKind.MALFORMED_HOST;
        }
        return resolution instanceof Resolution.Unknown ? ErrorKind.UNKNOWN_HOST : ErrorKind.MALFORMED_PATH;
    }

    private static Explanation rejected(List<TrailStep> trail, @Nullable TenantEntry tenant, ErrorKind kind) {
        trail.add(TrailStep.of(Step.END, Integer.toString(kind.status()), kind.code()));
        String id = tenant == null ? null : tenant.tenant().id().value();
        String story = (id == null ? "no tenant" : "`" + id + "` › no route") + " › the gateway responds "
                + kind.status() + " (" + kind.code() + ")";
        return new Explanation(story, trail, new Outcome(kind.status(), id, null, null));
    }

    private static Explanation ended(List<TrailStep> trail, Tenant tenant, Route route, int status, String why) {
        trail.add(TrailStep.of(Step.END, Integer.toString(status), why));
        return new Explanation(
                start(tenant, route) + "the gateway responds " + status + ": " + why,
                trail,
                new Outcome(status, tenant.id().value(), route.name(), null));
    }

    private static Explanation forwarded(List<TrailStep> trail, Tenant tenant, Route route) {
        String upstream = ActionSteps.upstream(route);
        String to = upstream == null ? "one of its upstreams" : '`' + upstream + '`';
        return new Explanation(
                start(tenant, route) + "forwarded to " + to,
                trail,
                new Outcome(null, tenant.id().value(), route.name(), upstream));
    }

    private static String start(Tenant tenant, Route route) {
        return "`" + tenant.id() + "` › route `" + route.name() + "` › ";
    }
}

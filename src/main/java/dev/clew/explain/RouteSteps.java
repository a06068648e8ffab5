package dev.clew.explain;

import dev.clew.explain.TrailStep.Step;
import dev.clew.journal.MaskedPath;
import dev.clew.route.Match;
import dev.clew.route.NearestRoutes;
import dev.clew.route.RequestPath;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Explains the choice of a request's route, or what the nearest routes miss. */
final class RouteSteps {

    private static final Step STEP = Step.ROUTE;

    private static final String NONE = "none";
    private static final String OPTIONS = "OPTIONS";

    private RouteSteps() {}

    /** Returns the result of routing, as the gateway routes: a CORS preflight by the method that it asks for. */
    static Match<Route> match(TenantEntry tenant, RequestPath path, ExplainedRequest request) {
        String askedFor = askedFor(request);
        if (askedFor != null
                && tenant.routes().match(askedFor, path.matched(), request.facts()) instanceof Match.Found<Route> found
                && found.target().response().cors() != null) {
            return found;
        }
        return tenant.routes().match(request.method(), path.matched(), request.facts());
    }

    /** Returns whether the gateway responds to the request as a CORS preflight. */
    static boolean isPreflight(Route route, ExplainedRequest request) {
        return route.response().cors() != null && askedFor(request) != null;
    }

    private static @Nullable String askedFor(ExplainedRequest request) {
        boolean crossOrigin =
                request.method().equals(OPTIONS) && request.facts().header("origin") != null;
        return crossOrigin ? request.facts().header("access-control-request-method") : null;
    }

    static TrailStep found(Route route, ExplainedRequest request) {
        RouteMatch match = route.match();
        StringBuilder why =
                new StringBuilder("path matches ").append(match.path().template());
        String method = isPreflight(route, request) ? "the preflight's method" : "method " + request.method();
        why.append(match.methods().isEmpty() ? "; any method" : "; " + method + " is one of " + names(match));
        int conditions =
                match.conditions().headers().size() + match.conditions().query().size();
        if (conditions > 0) {
            why.append("; ").append(conditions).append(conditions == 1 ? " condition" : " conditions");
            why.append(" on headers or query met");
        }
        return TrailStep.of(STEP, route.name(), why.toString());
    }

    /** Returns one step for the result, and one for each of the nearest routes. */
    static List<TrailStep> notFound(TenantEntry tenant, RequestPath path, ExplainedRequest request) {
        List<Route> routes = tenant.tenant().routes();
        var nearest = NearestRoutes.find(routes, Route::match, request.method(), path.matched(), request.facts());
        List<TrailStep> steps = new ArrayList<>();
        steps.add(TrailStep.of(
                STEP,
                NONE,
                "none of " + routes.size() + (routes.size() == 1 ? " route" : " routes") + " matches "
                        + request.method() + ' ' + MaskedPath.of(path.matched())
                        + (nearest.isEmpty() ? "; none is similar" : "")));
        for (NearestRoutes.Near<Route> near : nearest) {
            Route route = near.target();
            steps.add(TrailStep.of(
                    STEP,
                    "missed " + route.name(),
                    route.match().path().template() + ": " + MissText.of(near.misses())));
        }
        return steps;
    }

    private static String names(RouteMatch match) {
        return String.join(", ", new TreeSet<>(match.methods()));
    }
}

package dev.clew.config;

import dev.clew.access.RouteAccess;
import dev.clew.action.ResponseRules;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.Action;
import dev.clew.tenant.Name;
import dev.clew.tenant.Route;
import dev.clew.tenant.Sampling;
import dev.clew.tenant.TracingPolicy;
import dev.clew.tenant.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the routes of a tenant of its file's mapping. */
final class RouteTranslation {

    private final Findings findings;
    private final Fields fields;
    private final SharedSettings shared;
    private final TracingPolicy tracing;
    private final AccessTranslation access;
    private final Map<String, Upstream> upstreams;

    /**
     * @param tracing of the tenant
     * @param upstreams of the tenant, those that could be read
     */
    RouteTranslation(
            Findings findings,
            SharedSettings shared,
            TracingPolicy tracing,
            AccessTranslation access,
            Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.shared = shared;
        this.tracing = tracing;
        this.access = access;
        this.upstreams = upstreams;
    }

    List<Route> routes(List<RouteSettings> written) {
        if (written.isEmpty()) {
            fields.missing("routes", "a list with at least one route");
        }
        List<Route> routes = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        List<Integer> places = findings.places("routes");
        for (int i = 0; i < written.size(); i++) {
            String key = Keys.item("routes", places.get(i));
            RouteSettings settings = written.get(i);
            route(key, settings, names).ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<Route> route(String key, RouteSettings settings, Map<String, String> names) {
        Optional<String> name = routeName(key, settings, names);
        Optional<RouteMatch> match =
                new MatchTranslation(findings, fields).match(Keys.child(key, "match"), settings.match());
        ActionTranslation actions = new ActionTranslation(findings, fields, upstreams);
        Optional<Action> action = actions.action(key, settings, match.map(RouteMatch::path));
        ResponseRules response = actions.response(key, settings, match);
        RouteAccess callers = access.route(key, settings);
        if (name.isEmpty() || match.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Route(name.get(), match.get(), action.get(), response, callers, sampling(key, settings)));
    }

    private @Nullable Sampling sampling(String key, RouteSettings settings) {
        String place = Keys.child(Keys.child(key, "tracing"), "sampling");
        return findings.has(place) ? shared.sampling(place, settings.tracing().sampling(), tracing.sampling()) : null;
    }

    private Optional<String> routeName(String key, RouteSettings settings, Map<String, String> names) {
        String nameKey = Keys.child(key, "name");
        Optional<String> name = fields.require(nameKey, settings.name(), text -> {
            Name.check("name", text);
            return text;
        });
        String earlier = name.isEmpty() ? null : names.putIfAbsent(name.get(), nameKey);
        if (earlier == null) {
            return name;
        }
        findings.problem(
                nameKey,
                findings.shown(nameKey, name.orElse("")) + " (expected: each route name once; also " + earlier + ")");
        return Optional.empty();
    }
}

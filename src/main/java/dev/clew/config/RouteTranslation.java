package dev.clew.config;

import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.route.RouteMatch;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the routes of a tenant of its file's mapping. */
final class RouteTranslation {

    private final Findings findings;
    private final Fields fields;
    private final SharedSettings shared;
    private final TracingPolicy tracing;
    private final Map<String, Upstream> upstreams;

    /**
     * @param tracing of the tenant
     * @param upstreams of the tenant, those that could be read
     */
    RouteTranslation(Findings findings, SharedSettings shared, TracingPolicy tracing, Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.shared = shared;
        this.tracing = tracing;
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
        Optional<Upstream> upstream = upstreamOf(key, settings);
        String rewriteKey = Keys.child(Keys.child(key, "rewrite"), "path");
        // Without a path of its own to carry over from, a rewrite is checked as far as its syntax goes.
        Optional<Rewrite> rewrite = settings.rewrite().path().isEmpty()
                ? match.map(from -> Rewrite.of(from.path(), null))
                : settings.rewrite()
                        .path()
                        .flatMap(to -> fields.parse(rewriteKey, to, text -> {
                            PathPattern target = PathPattern.parse(text);
                            return Rewrite.of(match.map(RouteMatch::path).orElse(target), target);
                        }));
        if (name.isEmpty() || match.isEmpty() || upstream.isEmpty() || rewrite.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Route(name.get(), match.get(), upstream.get(), rewrite.get(), sampling(key, settings)));
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

    private Optional<Upstream> upstreamOf(String key, RouteSettings settings) {
        String upstreamKey = Keys.child(key, "upstream");
        Optional<String> name = fields.require(upstreamKey, settings.upstream(), Function.identity());
        // An upstream that is there and broken has been reported where it stands.
        if (name.isEmpty() || findings.has(Keys.child("upstreams", name.get()))) {
            return name.map(upstreams::get);
        }
        findings.problem(
                upstreamKey,
                findings.shown(upstreamKey, name.get()) + " is no upstream of this tenant"
                        + (upstreams.isEmpty() ? "" : " (" + NearestName.hint(name.get(), upstreams.keySet()) + ")"));
        return Optional.empty();
    }
}

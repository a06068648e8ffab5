package dev.clew.config;

import dev.clew.config.TenantFile.RouteSettings;
import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.tenant.HostPattern;
import dev.clew.tenant.Name;
import dev.clew.tenant.Route;
import dev.clew.tenant.Sampling;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TracingPolicy;
import dev.clew.tenant.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a tenant of its file's mapping. Goes on after a mistake, so that the author sees all of them at once. */
final class TenantTranslation {

    private static final Function<String, String> METHOD =
            Values.word(Route.METHODS.stream().sorted().toList(), Function.identity());

    private final Findings findings;
    private final Fields fields;
    private final SharedSettings shared;
    private final TenantDefaults defaults;
    private final PemFiles files;
    private final Map<String, Upstream> before;
    private TracingPolicy tracing;

    /** @param before the tenant's upstreams in force, by name */
    TenantTranslation(Findings findings, TenantDefaults defaults, PemFiles files, Map<String, Upstream> before) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.shared = new SharedSettings(fields);
        this.defaults = defaults;
        this.tracing = defaults.tracing();
        this.files = files;
        this.before = before;
    }

    /** Empty when the findings hold a problem. */
    Optional<Tenant> tenant(TenantId id, TenantFile file) {
        List<HostPattern> hosts = hosts(file);
        boolean suspended = fields.read("suspended", file.suspended(), Values::flag, false);
        tracing = shared.tracing("tracing", file.tracing(), defaults.tracing());
        var limits = shared.limits("limits", file.limits(), defaults.limits());
        Map<String, Upstream> upstreams = new UpstreamTranslation(findings, defaults, files, before).upstreams(file);
        List<Route> routes = routes(file, upstreams);
        return findings.areTolerable()
                ? Optional.of(new Tenant(id, suspended, hosts, tracing, upstreams, routes, limits))
                : Optional.empty();
    }

    private List<HostPattern> hosts(TenantFile file) {
        if (file.hosts().isEmpty()) {
            fields.missing("hosts", "a list of host names");
        }
        Map<HostPattern, String> first = new HashMap<>();
        List<HostPattern> hosts = new ArrayList<>();
        List<String> written = file.hosts().orElse(List.of());
        List<Integer> places = findings.places("hosts");
        for (int i = 0; i < written.size(); i++) {
            String key = Keys.item("hosts", places.get(i));
            fields.parse(key, written.get(i), HostPattern::parse).ifPresent(host -> {
                String earlier = first.putIfAbsent(host, key);
                if (earlier == null) {
                    hosts.add(host);
                } else {
                    findings.problem(
                            key,
                            findings.shown(key, host.toString()) + " (expected: each host once; also " + earlier + ")");
                }
            });
        }
        return hosts;
    }

    private List<Route> routes(TenantFile file, Map<String, Upstream> upstreams) {
        if (file.routes().isEmpty()) {
            fields.missing("routes", "a list with at least one route");
        }
        List<Route> routes = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        List<Integer> places = findings.places("routes");
        for (int i = 0; i < file.routes().size(); i++) {
            String key = Keys.item("routes", places.get(i));
            RouteSettings settings = file.routes().get(i);
            route(key, settings, names, upstreams).ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<Route> route(
            String key, RouteSettings settings, Map<String, String> names, Map<String, Upstream> upstreams) {
        Optional<String> name = routeName(key, settings, names);
        String matchKey = Keys.child(key, "match");
        Optional<PathPattern> path =
                fields.require(Keys.child(matchKey, "path"), settings.match().path(), PathPattern::parse);
        Set<String> methods = new HashSet<>(
                fields.readAll(Keys.child(matchKey, "methods"), settings.match().methods(), METHOD));
        Optional<Upstream> upstream = upstreamOf(key, settings, upstreams);
        String rewriteKey = Keys.child(Keys.child(key, "rewrite"), "path");
        // Without a path of its own to carry over from, a rewrite is checked as far as its syntax goes.
        Optional<Rewrite> rewrite = settings.rewrite().path().isEmpty()
                ? path.map(from -> Rewrite.of(from, null))
                : settings.rewrite()
                        .path()
                        .flatMap(to -> fields.parse(rewriteKey, to, text -> {
                            PathPattern target = PathPattern.parse(text);
                            return Rewrite.of(path.orElse(target), target);
                        }));
        if (name.isEmpty() || path.isEmpty() || upstream.isEmpty() || rewrite.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Route(name.get(), path.get(), methods, upstream.get(), rewrite.get(), sampling(key, settings)));
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

    private Optional<Upstream> upstreamOf(String key, RouteSettings settings, Map<String, Upstream> upstreams) {
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

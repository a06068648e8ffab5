package dev.clew.config.tenant;

import dev.clew.access.RouteAccess;
import dev.clew.action.ResponseRules;
import dev.clew.config.tenant.TracingSection.SamplingSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.grammar.ResourceName;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates the routes of a tenant. */
final class RouteTranslation {

    private final Findings findings;
    private final Fields fields;
    private final TracingPolicy tracing;
    private final AccessTranslation access;
    private final Map<String, Upstream> upstreams;

    /**
     * @param tracing of the tenant
     * @param upstreams the tenant's valid upstreams
     */
    RouteTranslation(
            Findings findings, TracingPolicy tracing, AccessTranslation access, Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.tracing = tracing;
        this.access = access;
        this.upstreams = upstreams;
    }

    List<Route> routes(List<RouteSection> written) {
        if (written.isEmpty()) {
            fields.missing("routes", "a list with at least one route");
        }
        List<Route> routes = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (RouteSection section : written) {
            route(section, names).ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<Route> route(RouteSection section, Map<String, String> names) {
        Optional<String> name = routeName(section, names);
        Optional<RouteMatch> match = new MatchTranslation(findings, fields).match(section.match());
        ActionTranslation actions = new ActionTranslation(findings, fields, upstreams);
        Optional<Action> action = actions.action(section, match.map(RouteMatch::path));
        ResponseRules response = actions.response(section, match);
        RouteAccess callers = access.route(section);
        if (name.isEmpty() || match.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Route(name.get(), match.get(), action.get(), response, callers, sampling(section)));
    }

    private @Nullable Sampling sampling(RouteSection section) {
        SamplingSection sampling = section.tracing().sampling();
        return findings.has(sampling.itself()) ? SamplingSection.read(sampling, fields, tracing.sampling()) : null;
    }

    private Optional<String> routeName(RouteSection section, Map<String, String> names) {
        Optional<String> name = fields.require(section.name(), text -> {
            ResourceName.check("name", text);
            return text;
        });
        String earlier = name.isEmpty()
                ? null
                : names.putIfAbsent(name.get(), section.name().getName());
        if (earlier == null) {
            return name;
        }
        findings.problem(
                section.name(),
                findings.shown(section.name()) + " (expected: each route name once; also " + earlier + ")");
        return Optional.empty();
    }
}

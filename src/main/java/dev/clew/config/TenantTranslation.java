package dev.clew.config;

import dev.clew.config.TenantFile.ClaimSettings;
import dev.clew.config.TenantFile.RetrySettings;
import dev.clew.config.TenantFile.UpstreamSettings;
import dev.clew.tenant.Endpoint;
import dev.clew.tenant.HostClaim;
import dev.clew.tenant.HostPattern;
import dev.clew.tenant.RetryCondition;
import dev.clew.tenant.RetryPolicy;
import dev.clew.tenant.Route;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.Upstream;
import dev.clew.trace.context.OutboundFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes a tenant of its file's mapping. Goes on after a mistake, so that the author sees all of them at once. */
final class TenantTranslation {

    private static final Function<String, RetryCondition> RETRY_CONDITION =
            Values.word(List.of(RetryCondition.values()), RetryCondition::token);
    private static final Function<String, OutboundFormat> OUTBOUND_FORMAT =
            Values.word(OutboundFormat.WRITTEN, OutboundFormat::token);

    private final Findings findings;
    private final Fields fields;
    private final SharedSettings shared;
    private final TenantDefaults defaults;

    TenantTranslation(Findings findings, TenantDefaults defaults) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.shared = new SharedSettings(fields);
        this.defaults = defaults;
    }

    /** Empty when the findings hold a problem. */
    Optional<Tenant> tenant(TenantId id, TenantFile file) {
        List<HostPattern> hosts = hosts(file);
        HostClaim claim = claim("match", file.match());
        boolean suspended = fields.read("suspended", file.suspended(), Values::flag, false);
        var tracing = shared.tracing("tracing", file.tracing(), defaults.tracing());
        var limits = shared.limits("limits", file.limits(), defaults.limits());
        Map<String, Upstream> upstreams = upstreams(file);
        List<Route> routes = new RouteTranslation(findings, shared, tracing, upstreams).routes(file.routes());
        return findings.areTolerable()
                ? Optional.of(new Tenant(id, suspended, hosts, claim, tracing, upstreams, routes, limits))
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

    private HostClaim claim(String key, ClaimSettings settings) {
        String prefixKey = Keys.child(key, "path-prefix");
        String headerKey = Keys.child(key, "header");
        if (!findings.has(headerKey)) {
            return fields.<HostClaim>read(
                    prefixKey, settings.pathPrefix(), HostClaim.PathPrefix::parse, HostClaim.WHOLE);
        }
        if (findings.has(prefixKey)) {
            findings.problem(prefixKey, "beside header (expected: one of the two)");
        }
        Optional<String> name =
                fields.require(Keys.child(headerKey, "name"), settings.header().name(), text -> Values.token(text)
                        .toLowerCase(Locale.ROOT));
        Optional<String> value =
                fields.require(Keys.child(headerKey, "value"), settings.header().value(), Function.identity());
        return name.isEmpty() || value.isEmpty() ? HostClaim.WHOLE : new HostClaim.Header(name.get(), value.get());
    }

    private Map<String, Upstream> upstreams(TenantFile file) {
        if (file.upstreams().isEmpty()) {
            fields.missing("upstreams", "a mapping with at least one upstream");
        }
        Map<String, Upstream> upstreams = new LinkedHashMap<>();
        // The mapping holds them in no order; people expect theirs.
        file.upstreams().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> findings.line(Keys.child("upstreams", entry.getKey()))))
                .forEach(entry -> upstream(entry.getKey(), entry.getValue())
                        .ifPresent(upstream -> upstreams.put(entry.getKey(), upstream)));
        return upstreams;
    }

    private Optional<Upstream> upstream(String name, UpstreamSettings settings) {
        String key = Keys.child("upstreams", name);
        int before = findings.refusals();
        String endpointsKey = Keys.child(key, "endpoints");
        if (settings.endpoints().isEmpty()) {
            fields.missing(endpointsKey, "a list of URLs");
        }
        List<Endpoint> endpoints = fields.readAll(endpointsKey, settings.endpoints(), Endpoint::parse);
        var timeouts = shared.timeouts(Keys.child(key, "timeout"), settings.timeout(), defaults.timeouts());
        int connections = fields.read(
                Keys.child(key, "connections"),
                settings.connections(),
                SharedSettings.CONNECTIONS,
                defaults.connections());
        int pending = fields.read(
                Keys.child(key, "pending-requests"),
                settings.pendingRequests(),
                SharedSettings.PENDING_REQUESTS,
                defaults.pendingRequests());
        RetryPolicy retry = retry(Keys.child(key, "retry"), settings.retry());
        OutboundFormat propagate = fields.read(
                Keys.child(key, "propagate"), settings.propagate(), OUTBOUND_FORMAT, OutboundFormat.GATEWAY_DEFAULT);
        return endpoints.isEmpty() || findings.refusals() > before
                ? Optional.empty()
                : Optional.of(new Upstream(name, endpoints, timeouts, connections, pending, retry, propagate));
    }

    private RetryPolicy retry(String key, RetrySettings settings) {
        if (settings.on().isPresent() && settings.attempts().isEmpty()) {
            fields.missing(Keys.child(key, "attempts"), "2 or more, or no \"on\"");
        }
        int attempts = fields.read(
                Keys.child(key, "attempts"), settings.attempts(), Values.count(1, RetryPolicy.MAX_ATTEMPTS), 1);
        List<RetryCondition> on = fields.readAll(Keys.child(key, "on"), settings.on(), RETRY_CONDITION);
        if (attempts == 1) {
            return RetryPolicy.NONE;
        }
        return new RetryPolicy(
                attempts, on.isEmpty() ? EnumSet.of(RetryCondition.CONNECT_FAILURE) : EnumSet.copyOf(on));
    }
}

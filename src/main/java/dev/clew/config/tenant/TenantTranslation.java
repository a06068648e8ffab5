package dev.clew.config.tenant;

import dev.clew.config.tenant.TenantFile.HostClaimSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.PemFiles;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.upstream.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Translates a tenant's file. Continues after a mistake, so that the author sees all of them at once. */
final class TenantTranslation {

    private final Findings findings;
    private final Fields fields;
    private final TenantDefaults defaults;
    private final PemFiles files;
    private final Map<String, Upstream> before;

    /** @param before the tenant's upstreams in force, by name */
    TenantTranslation(Findings findings, TenantDefaults defaults, PemFiles files, Map<String, Upstream> before) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.defaults = defaults;
        this.files = files;
        this.before = before;
    }

    /** Returns the tenant; empty when there is a problem. */
    Optional<Tenant> tenant(TenantId id, TenantFile file) {
        List<HostPattern> hosts = hosts(file);
        HostClaim claim = claim(file.match());
        boolean suspended = fields.flag(file.suspended(), false);
        var tls = new TenantTlsTranslation(findings, fields, files).tls(file.tls(), claim);
        var tracing = TracingSection.read(file.tracing(), fields, defaults.tracing());
        AccessTranslation access = new AccessTranslation(findings, files, file, tracing);
        var limits = LimitSection.read(file.limits(), fields, defaults.limits());
        var log = LogSection.read(file.accessLog(), fields, defaults.accessLog());
        Map<String, Upstream> upstreams = new UpstreamTranslation(findings, defaults, files, before).upstreams(file);
        List<Route> routes = new RouteTranslation(findings, tracing, access, upstreams).routes(file.routes());
        return findings.areTolerable()
                ? Optional.of(new Tenant(
                        id, suspended, hosts, claim, tls, access.tenant(), tracing, upstreams, routes, limits, log))
                : Optional.empty();
    }

    private List<HostPattern> hosts(TenantFile file) {
        if (file.hosts().isEmpty()) {
            fields.missing("hosts", "a list of host names");
        }
        Map<HostPattern, String> first = new HashMap<>();
        List<HostPattern> hosts = new ArrayList<>();
        for (Item item : file.hosts()) {
            String key = item.itself().getName();
            fields.parse(item.itself(), HostPattern::parse).ifPresent(host -> {
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

    private HostClaim claim(HostClaimSection section) {
        if (!findings.has(section.header().itself())) {
            return fields.<HostClaim>read(section.pathPrefix(), HostClaim.PathPrefix::parse, HostClaim.WHOLE);
        }
        if (findings.has(section.pathPrefix())) {
            findings.problem(section.pathPrefix(), "beside header (expected: one of the two)");
        }
        Optional<String> name = fields.require(
                section.header().name(), text -> Values.token(text).toLowerCase(Locale.ROOT));
        Optional<String> value = fields.require(section.header().value(), Function.identity());
        return name.isEmpty() || value.isEmpty() ? HostClaim.WHOLE : new HostClaim.Header(name.get(), value.get());
    }
}

package dev.clew.tenant;

import dev.clew.access.TenantAccess;
import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tls.TenantTls;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.Upstream;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A customer of the SaaS, with everything the gateway needs to serve it.
 *
 * @param suspended whether every request to this tenant is rejected, although its hosts are known
 * @param hosts at least one, without duplicates
 * @param claim the tenant's part of the requests for its hosts
 * @param upstreams by name, in the file's order; none if every route responds by itself
 * @param routes at least one, in the file's order; names are unique, and every upstream is one of {@code upstreams}
 */
public record Tenant(
        TenantId id,
        boolean suspended,
        List<HostPattern> hosts,
        HostClaim claim,
        TenantTls tls,
        TenantAccess access,
        TracingPolicy tracing,
        Map<String, Upstream> upstreams,
        List<Route> routes,
        Limits limits,
        LogPolicy accessLog) {

    // Compared by identity, which keys connection pools and queues: an equal upstream that is another object has none.
    @SuppressWarnings("ReferenceEquality")
    public Tenant {
        hosts = List.copyOf(hosts);
        routes = List.copyOf(routes);
        upstreams = Collections.unmodifiableMap(new LinkedHashMap<>(upstreams));
        if (hosts.isEmpty() || new HashSet<>(hosts).size() != hosts.size()) {
            throw new IllegalArgumentException("hosts: " + hosts + " (expected: at least one host, none twice)");
        }
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("route name: " + route.name() + " (expected: each name once)");
            }
            for (Upstream upstream : route.action().upstreams()) {
                if (upstreams.get(upstream.name()) != upstream) {
                    throw new IllegalArgumentException("route " + route.name() + ": upstream " + upstream.name()
                            + " (expected: one of this tenant's upstreams)");
                }
            }
        }
        for (Map.Entry<String, Upstream> upstream : upstreams.entrySet()) {
            if (!upstream.getKey().equals(upstream.getValue().name())) {
                throw new IllegalArgumentException("upstream: " + upstream.getKey() + " (expected: "
                        + upstream.getValue().name() + ")");
            }
        }
    }
}

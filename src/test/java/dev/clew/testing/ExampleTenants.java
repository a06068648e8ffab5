package dev.clew.testing;

import dev.clew.access.RouteAccess;
import dev.clew.access.TenantAccess;
import dev.clew.action.HeaderEdits;
import dev.clew.action.ResponseRules;
import dev.clew.route.Conditions;
import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.LogPolicy;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.route.Split;
import dev.clew.tenant.tls.TenantTls;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.tenant.upstream.Selection;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.trace.context.OutboundFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tenants of one upstream, {@code a}, and one route to it. */
public final class ExampleTenants {

    private ExampleTenants() {}

    public static Tenant tenant(String id, String host) {
        return tenant(id, host, TenantAccess.OPEN);
    }

    public static Tenant tenant(String id, String host, TenantAccess access) {
        Upstream upstream = upstream("a");
        return tenant(id, host, access, Map.of("a", upstream), List.of(route(upstream)));
    }

    public static Tenant tenant(
            String id, String host, TenantAccess access, Map<String, Upstream> upstreams, List<Route> routes) {
        return new Tenant(
                new TenantId(id),
                false,
                List.of(HostPattern.parse(host)),
                HostClaim.WHOLE,
                TenantTls.NONE,
                access,
                TracingPolicy.DEFAULT,
                upstreams,
                routes,
                Limits.NONE,
                LogPolicy.ALL);
    }

    public static Upstream upstream(String name) {
        return new Upstream(
                name,
                List.of(Endpoint.parse("http://a")),
                Connections.STANDARD,
                Selection.STANDARD,
                RetryPolicy.NONE,
                OutboundFormat.GATEWAY_DEFAULT);
    }

    private static Route route(Upstream upstream) {
        PathPattern path = PathPattern.parse("/**");
        return new Route(
                "all",
                new RouteMatch(path, Set.of(), Conditions.NONE),
                new Action.Forward(Split.only(upstream), Rewrite.of(path, null), HeaderEdits.NONE, null),
                ResponseRules.NONE,
                RouteAccess.OPEN,
                null);
    }
}

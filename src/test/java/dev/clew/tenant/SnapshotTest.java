package dev.clew.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.action.HeaderEdits;
import dev.clew.action.ResponseRules;
import dev.clew.route.Conditions;
import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.route.RouteMatch;
import dev.clew.trace.context.OutboundFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    @Test
    void findsATenantByHostAndById() {
        Snapshot snapshot = Snapshot.of(List.of(tenant("a", "a.test"), tenant("b", "*.b.test")));

        assertEquals(
                new HostOwners.One(snapshot.tenants().get(0)), snapshot.hosts().find("a.test"));
        assertEquals(
                new HostOwners.One(snapshot.tenants().get(1)), snapshot.hosts().find("shop.b.test"));
        assertNull(snapshot.hosts().find("b.test"));
        assertSame(snapshot.tenants().get(1), snapshot.tenant(new TenantId("b")));
        assertNull(snapshot.tenant(new TenantId("c")));
    }

    @Test
    void refusesAHostOfTwoTenants() {
        List<Tenant> tenants = List.of(tenant("a", "a.test"), tenant("b", "a.test"));

        assertThrows(IllegalArgumentException.class, () -> Snapshot.of(tenants));
    }

    @Test
    void refusesATenantTwice() {
        List<Tenant> tenants = List.of(tenant("a", "a.test"), tenant("a", "b.test"));

        assertEquals(
                "tenant: a (expected: each tenant once)",
                assertThrows(IllegalArgumentException.class, () -> Snapshot.of(tenants))
                        .getMessage());
    }

    @Test
    void isReplacedAsAWhole() {
        Tenants tenants = new Tenants(Snapshot.EMPTY);
        Snapshot next = Snapshot.of(List.of(tenant("a", "a.test")));
        tenants.apply(next);

        assertSame(next, tenants.current());
    }

    @Test
    void holdsNoRouteToAnotherTenantsUpstream() {
        Tenant other = tenant("b", "b.test");

        assertEquals(
                "route all: upstream a (expected: one of this tenant's upstreams)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Tenant(
                                        new TenantId("a"),
                                        false,
                                        List.of(HostPattern.parse("a.test")),
                                        HostClaim.WHOLE,
                                        TenantTls.NONE,
                                        TracingPolicy.DEFAULT,
                                        tenant("a", "a.test").upstreams(),
                                        other.routes(),
                                        Limits.NONE))
                        .getMessage());
    }

    private static Tenant tenant(String id, String host) {
        Upstream upstream = new Upstream(
                "a",
                List.of(Endpoint.parse("http://a")),
                Connections.STANDARD,
                Selection.STANDARD,
                RetryPolicy.NONE,
                OutboundFormat.GATEWAY_DEFAULT);
        PathPattern path = PathPattern.parse("/**");
        return new Tenant(
                new TenantId(id),
                false,
                List.of(HostPattern.parse(host)),
                HostClaim.WHOLE,
                TenantTls.NONE,
                TracingPolicy.DEFAULT,
                Map.of("a", upstream),
                List.of(new Route(
                        "all",
                        new RouteMatch(path, Set.of(), Conditions.NONE),
                        new Action.Forward(Split.only(upstream), Rewrite.of(path, null), HeaderEdits.NONE, null),
                        ResponseRules.NONE,
                        null)),
                Limits.NONE);
    }
}

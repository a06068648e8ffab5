package dev.clew.tenant;

import static dev.clew.testing.ExampleTenants.tenant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.access.TenantAccess;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    @Test
    void findsATenantByHostAndById() {
        Snapshot snapshot = Snapshot.of(List.of(tenant("a", "a.test"), tenant("b", "*.b.test")));

        assertEquals(
                new HostOwners.SingleOwner(snapshot.tenants().get(0)),
                snapshot.hosts().find("a.test"));
        assertEquals(
                new HostOwners.SingleOwner(snapshot.tenants().get(1)),
                snapshot.hosts().find("shop.b.test"));
        assertNull(snapshot.hosts().find("b.test"));
        assertSame(snapshot.tenants().get(1), snapshot.tenant(new TenantId("b")));
        assertNull(snapshot.tenant(new TenantId("c")));
    }

    @Test
    void rejectsAHostOfTwoTenants() {
        List<Tenant> tenants = List.of(tenant("a", "a.test"), tenant("b", "a.test"));

        assertThrows(IllegalArgumentException.class, () -> Snapshot.of(tenants));
    }

    @Test
    void rejectsATenantTwice() {
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
                                () -> tenant(
                                        "a",
                                        "a.test",
                                        TenantAccess.OPEN,
                                        tenant("a", "a.test").upstreams(),
                                        other.routes()))
                        .getMessage());
    }
}

package dev.clew.tenant;

import static dev.clew.testing.ExampleTenants.tenant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotResourcesTest {

    private record Resource(String name) {}

    private final TenantEntry a = TenantEntry.of(tenant("a", "a.test"));
    private final TenantEntry b = TenantEntry.of(tenant("b", "b.test"));
    private final Snapshot both = Snapshot.ofEntries(List.of(a, b));
    private final Snapshot onlyA = Snapshot.ofEntries(List.of(a));
    private final List<Resource> made = new ArrayList<>();
    private final List<Resource> closed = new ArrayList<>();
    private final SnapshotResources<TenantEntry, Resource> resources =
            SnapshotResources.byIdentity((tenant, needs) -> needs.add(tenant, () -> make(tenant)), closed::add);

    private Resource make(TenantEntry tenant) {
        Resource resource = new Resource(tenant.tenant().id().value());
        made.add(resource);
        return resource;
    }

    @Test
    void twoSnapshotsShareWhatBothNeed() {
        resources.prepare(onlyA);
        Resource shared = resources.get(a);
        resources.prepare(both);

        assertSame(shared, resources.get(a));
        assertEquals(List.of("a", "b"), made.stream().map(Resource::name).toList());
    }

    @Test
    void aReloadKeepsWhatIsStillNeededAndClosesTheRestOnce() {
        resources.prepare(both);
        Resource kept = resources.get(a);
        Resource dropped = resources.get(b);
        resources.prepare(onlyA);

        assertFalse(resources.retain(List.of(both, onlyA)), "requests may still use both");
        assertSame(dropped, resources.get(b));
        assertTrue(resources.retain(List.of(onlyA)));
        assertFalse(resources.retain(List.of(onlyA)));
        assertEquals(List.of(dropped), closed);
        assertSame(kept, resources.get(a));
        assertNull(resources.find(b));
        assertThrows(IllegalStateException.class, () -> resources.get(b));
    }

    @Test
    void whatWasClosedIsMadeAnewWhereItIsNeededAgain() {
        resources.prepare(both);
        Resource first = resources.get(b);
        resources.retain(List.of(onlyA));
        resources.prepare(both);

        assertNotSame(first, resources.get(b));
        resources.retain(List.of());
        assertEquals(made.size(), closed.size());
        assertTrue(resources.all().isEmpty());
    }

    @Test
    void oneThatCannotBeMadeLeavesEverythingAsBefore() {
        SnapshotResources<TenantEntry, Resource> fragile = SnapshotResources.byIdentity(
                (tenant, needs) -> needs.add(tenant, () -> {
                    if (tenant.tenant().id().value().equals("c")) {
                        throw new IllegalArgumentException("cannot be made");
                    }
                    return make(tenant);
                }),
                closed::add);
        fragile.prepare(onlyA);
        Resource before = fragile.get(a);
        Snapshot broken = Snapshot.ofEntries(List.of(a, b, TenantEntry.of(tenant("c", "c.test"))));

        assertThrows(IllegalArgumentException.class, () -> fragile.prepare(broken));
        assertEquals(List.of("b"), closed.stream().map(Resource::name).toList());
        assertSame(before, fragile.get(a));
        assertEquals(List.of(before), List.copyOf(fragile.all()));
    }

    @Test
    void equalKeysShareAResourceOnlyWhereTheyAreComparedSo() {
        SnapshotResources<Set<String>, Resource> equal = SnapshotResources.byEquality(
                (tenant, needs) -> needs.add(Set.of("key"), () -> make(tenant)), closed::add);
        SnapshotResources<Set<String>, Resource> identical = SnapshotResources.byIdentity(
                (tenant, needs) -> needs.add(Set.of("key"), () -> make(tenant)), closed::add);
        equal.prepare(both);
        identical.prepare(both);

        assertEquals(1, equal.all().size());
        assertEquals(2, identical.all().size());
    }

    @Test
    void aKeyAddedTwiceHasTheResourceThatItHadFirst() {
        SnapshotResources<String, Resource> twice = SnapshotResources.byEquality(
                (tenant, needs) -> {
                    Resource first = needs.add("key", () -> new Resource("first"));
                    assertSame(first, needs.add("key", () -> new Resource("second")));
                },
                closed::add);
        twice.prepare(onlyA);

        assertEquals(new Resource("first"), twice.get("key"));
    }
}

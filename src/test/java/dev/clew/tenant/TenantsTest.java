package dev.clew.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TenantsTest {

    private final Snapshot first = Snapshot.of(List.of());
    private final Snapshot second = Snapshot.of(List.of());
    private final Tenants tenants = new Tenants(first);

    @Test
    void aRequestKeepsItsSnapshotAliveUntilItEnds() {
        assertSame(first, tenants.begin());
        tenants.apply(second);
        assertSame(second, tenants.begin());
        assertEquals(2, tenants.active());
        assertFalse(tenants.retire());
        assertFalse(tenants.retire());
        assertEquals(List.of(first, second), tenants.live());
        first.ended();
        assertFalse(tenants.retire(), "found unused once");
        assertTrue(tenants.retire());
        assertEquals(List.of(second), tenants.live());
        assertEquals(1, tenants.active());
    }

    @Test
    void aCopyKeepsTheSnapshotOfItsRequestAliveWhenThatHasEnded() {
        tenants.begin();
        first.mirrorBegan();
        tenants.apply(second);
        first.ended();
        assertFalse(tenants.retire());
        assertFalse(tenants.retire());
        assertEquals(0, tenants.active());
        assertTrue(tenants.isInUse());
        first.mirrorEnded();
        assertFalse(tenants.isInUse());
        assertFalse(tenants.retire(), "found unused once");
        assertTrue(tenants.retire());
    }

    @Test
    void theSnapshotInForceIsNeverRetired() {
        assertFalse(tenants.retire());
        assertFalse(tenants.retire());
        assertEquals(List.of(first), tenants.live());
    }
}

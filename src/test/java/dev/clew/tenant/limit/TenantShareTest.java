package dev.clew.tenant.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TenantShareTest {

    private static final RequestRate TWO_AT_ONCE = new RequestRate(1, 2, false, true);

    private static Limits limits(RequestRate rate, int concurrent, int connections) {
        return new Limits(
                rate, concurrent, connections, Limits.UNLIMITED, Limits.UNLIMITED, Limits.NONE.requestDuration());
    }

    @Test
    void connectionsThatAreOpenCountAfterAReload() {
        TenantShare before = new TenantShare(limits(RequestRate.ANY, Limits.UNLIMITED, 2));
        assertTrue(before.connections().tryOpen(2));
        assertTrue(before.connections().tryOpen(2));

        TenantShare after = before.under(limits(RequestRate.ANY, 7, 2));
        assertSame(before.connections(), after.connections());
        assertFalse(after.connections().tryOpen(2));
        before.connections().closed();
        assertTrue(after.connections().tryOpen(2));
    }

    @Test
    void requestsUnderWayCountAfterAReloadAndEndWithTheShareTheyBeganWith() {
        TenantShare before = new TenantShare(limits(RequestRate.ANY, 2, Limits.UNLIMITED));
        assertTrue(before.tryBegin());
        assertTrue(before.tryBegin());

        TenantShare after = before.under(limits(RequestRate.ANY, 2, 9));
        assertFalse(after.tryBegin());
        before.end();
        assertTrue(after.tryBegin());
    }

    @Test
    void whatIsUsedOfTheRateStaysUsedUnlessTheRateChanges() {
        TenantShare before = new TenantShare(limits(TWO_AT_ONCE, 2, 2));
        assertEquals(0, before.takeToken(0));
        assertEquals(0, before.takeToken(0));

        assertTrue(before.under(limits(TWO_AT_ONCE, 3, 3)).takeToken(0) > 0);
        RequestRate other = new RequestRate(2, 2, false, true);
        assertEquals(0, before.under(limits(other, 2, 2)).takeToken(0));
    }
}

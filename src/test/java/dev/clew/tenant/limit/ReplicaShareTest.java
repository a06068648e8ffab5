package dev.clew.tenant.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReplicaShareTest {

    private static final long SECOND = 1_000_000_000L;
    private static final RequestRate RATE = new RequestRate(30, 300, true, true);

    private static int passed(ReplicaShare share, int requests, long now) {
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            passed += share.takeToken(now) == 0 ? 1 : 0;
        }
        return passed;
    }

    @Test
    void isTheWholeBeforeAnyReplicaWasSeenAndWhereThisIsTheOnlyOne() {
        ReplicaShare share = new ReplicaShare(RATE, 0);
        assertEquals(1000, passed(share, 1000, 0));
        share.setReplicas(1);
        assertEquals(1000, passed(share, 1000, 0));
    }

    @Test
    void isTheRateAndTheBurstDividedByTheReplicasSeenLast() {
        ReplicaShare share = new ReplicaShare(RATE, 0);
        share.setReplicas(3);
        assertEquals(100, share.tokensLeft(0));
        assertEquals(100, passed(share, 1000, 0));
        assertTrue(share.takeToken(0) > 0);
        assertEquals(10, passed(share, 1000, SECOND));
        share.setReplicas(3);
        assertEquals(0, passed(share, 1000, SECOND), "the same number changes nothing");
    }

    @Test
    void leavesOneRequestAtLeastHoweverManyReplicasThereAre() {
        ReplicaShare share = new ReplicaShare(new RequestRate(1, 1, true, true), 0);
        share.setReplicas(5);
        assertEquals(1, passed(share, 10, 0));
        assertEquals(0, passed(share, 10, 4 * SECOND));
        assertEquals(1, passed(share, 10, 5 * SECOND));
    }

    @Test
    void isDueNowAndThen() {
        ReplicaShare share = new ReplicaShare(RATE, 0);
        assertTrue(share.claimAnnouncement(0));
        assertFalse(share.claimAnnouncement(SECOND));
        assertTrue(share.claimAnnouncement(2 * SECOND));
        assertFalse(share.claimAnnouncement(3 * SECOND));
    }

    @Test
    void aReloadForgetsNoReplica() {
        TenantShare before = new TenantShare(new Limits(RATE, -1, -1, -1, -1, Limits.NONE.requestDuration()));
        before.replicaShare().setReplicas(3);
        RequestRate other = new RequestRate(60, 600, true, true);
        TenantShare after = before.under(new Limits(other, -1, -1, -1, -1, Limits.NONE.requestDuration()));
        assertEquals(200, passed(after.replicaShare(), 1000, 0));
    }
}

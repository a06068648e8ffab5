package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Replica;
import dev.clew.contract.server.Seen;
import dev.clew.contract.server.Turn;
import dev.clew.testing.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that become unhealthy or healthy, and are added or removed. */
abstract class AddressContract extends FleetContract {

    @Test
    void unhealthyAddressGetsNoRequestsUntilItIsWellAgain() {
        assertEquals(2, spread("/checked/x", 4).size());
        fleet.replica(0).respond("/healthz/checked", 500);
        Await.until("unhealthy address", () -> metric("clew_upstream_addresses_well", "checked") == 1);
        assertEquals(Map.of("127.0.0.22", 6), spread("/checked/x", 6));

        fleet.replica(0).respond("/healthz/checked", 200);
        Await.until("healthy address", () -> metric("clew_upstream_addresses_well", "checked") == 2);
        assertEquals(2, spread("/checked/x", 4).size());
        assertTrue(metric("clew_upstream_health_checks_total", "checked", "result=\"failed\"") >= 2);
    }

    @Test
    void checksAreNotTracedAndSayWhoAsks() {
        Await.until("check", () -> !fleet.replica(1).checks().isEmpty());
        Seen check = fleet.replica(1).checks().get(0);
        assertEquals("GET", check.method());
        assertEquals("clew-health-check", check.one("user-agent"));
        assertFalse(check.names().contains("traceparent"), check::toString);
        assertFalse(check.names().contains("b3"), check::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secure-checked", "h2-checked"})
    void checksKnowTheUpstreamAsRequestsDo(String upstream) {
        Await.until(
                "passed check", () -> metric("clew_upstream_health_checks_total", upstream, "result=\"passed\"") > 0);
        assertEquals(0, metric("clew_upstream_health_checks_total", upstream, "result=\"failed\""));
    }

    @Test
    void whenNoAddressIsHealthyAllAreTried() {
        Await.until("all unhealthy", () -> {
            spread("/all-sick/x", 1);
            return metric("clew_upstream_addresses_well", "all-sick") == 0
                    && metric("clew_upstream_addresses", "all-sick") == 2;
        });
        assertEquals(2, spread("/all-sick/x", 4).size());
    }

    @Test
    void addressThatFailsInARowGetsNoFurtherRequests() {
        fleet.replica(0).respond("/ejecting/", 500);
        for (int i = 0; i < 4; i++) {
            send(get("/ejecting/first"));
        }
        assertEquals(1, metric("clew_upstream_ejections_total", "ejecting"));
        assertEquals(Map.of("127.0.0.22", 6), spread("/ejecting/then", 6));
        assertEquals(2, fleet.replica(0).count("/ejecting/first"));
    }

    @Test
    void ejectedAddressComesBack() {
        fleet.replica(0).respond("/returning/fail", 500);
        for (int i = 0; i < 2; i++) {
            send(get("/returning/fail"));
        }
        assertEquals(1, metric("clew_upstream_ejections_total", "returning"));
        Await.until("return", () -> spread("/returning/ok", 4).size() == 2);
    }

    @Test
    void noMoreAddressesAreEjectedThanTheirShare() {
        for (int i = 0; i < 3; i++) {
            fleet.replica(i).respond("/floored/fail", 500);
        }
        for (int i = 0; i < 9; i++) {
            send(get("/floored/fail"));
        }
        assertEquals(1, metric("clew_upstream_ejections_total", "floored"));
        assertEquals(2, spread("/floored/ok", 6).size());
    }

    @Test
    void addressThatCannotBeConnectedToIsEjected() {
        assertEquals(Map.of("127.0.0.21", 6), spread("/refusing/x", 6));
        assertEquals(1, metric("clew_upstream_ejections_total", "refusing"));
        assertEquals(1, metric("clew_upstream_addresses_well", "refusing"));
        assertEquals(1, metric("clew_upstream_attempts_seconds_count", "refusing", "error=\"upstream-unreachable\""));
    }

    @Test
    void whatClientsDoEjectsNobody() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/blameless/" + marker));
            Turn turn = world.hand().take(marker);
            client.close();
            turn.awaitClosed();
        }
        Await.until("end of the request", () -> metric("clew_upstream_requests_active", "blameless") == 0);
        assertEquals(0, metric("clew_upstream_ejections_total", "blameless"));
        assertEquals(1, metric("clew_upstream_addresses_well", "blameless"));
    }

    @Test
    void onlyAddressIsNotEjected() {
        fleet.replica(0).respond("/alone/fail", 500);
        for (int i = 0; i < 3; i++) {
            assertEquals(500, send(get("/alone/fail")).status());
        }
        assertEquals(200, send(get("/alone/ok")).status());
        assertEquals(0, metric("clew_upstream_ejections_total", "alone"));
    }

    @Test
    void recordsOfANameAreFollowedAndNoRequestFails() {
        assertEquals("127.0.0.21", served("/moving/x"));
        fleet.names().set("moving.test", "127.0.0.22", "127.0.0.23");
        Await.until("other addresses", () -> {
            // Each request must get 200, from any address.
            Map<String, Integer> spread = spread("/moving/x", 8);
            return spread.keySet().containsAll(List.of("127.0.0.22", "127.0.0.23")) && spread.size() == 2;
        });
        assertEquals(2, metric("clew_upstream_addresses", "moving"));

        try (RawClient slow = connect()) {
            slow.send(get("/moving/hold"));
            Await.until(
                    "held request",
                    () -> fleet.replica(1).holds() || fleet.replica(2).holds());
            Replica holding = fleet.replica(1).holds() ? fleet.replica(1) : fleet.replica(2);
            fleet.names().set("moving.test", "127.0.0.21");
            Await.until("the former address", () -> served("/moving/x").equals("127.0.0.21"));
            holding.release();
            assertEquals(holding.name(), slow.read().body());
        }
    }

    @Test
    void failingNameServerChangesNothing() {
        assertEquals("127.0.0.21", served("/lasting/x"));
        Await.until("look-up", () -> metric("clew_upstream_addresses", "lasting") == 1);
        // All look-ups fail from here on.
        fleet.names().fail(true);
        try {
            Await.until("failed look-up", () -> metric("clew_upstream_lookups_failed_total", "lasting") >= 2);
            assertEquals(Map.of("127.0.0.21", 6), spread("/lasting/x", 6));
        } finally {
            fleet.names().fail(false);
        }
    }
}

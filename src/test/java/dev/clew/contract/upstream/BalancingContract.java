package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Replica;
import dev.clew.testing.Await;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The choice of address while all are healthy. */
abstract class BalancingContract extends FleetContract {

    @Test
    void addressesTakeTurns() {
        assertEquals(Map.of("127.0.0.21", 4, "127.0.0.22", 4, "127.0.0.23", 4), spread("/turns/" + marker(), 12));
    }

    @Test
    void weightsSayHowOften() {
        assertEquals(Map.of("127.0.0.21", 9, "127.0.0.22", 3), spread("/weighted/" + marker(), 12));
    }

    @Test
    void withLeastRequestsABusyAddressIsAvoided() {
        try (RawClient waiting = connect()) {
            waiting.send(get("/least/hold"));
            Await.until("held request", () -> fleet.replicas().stream().anyMatch(Replica::holds));
            Replica busy =
                    fleet.replicas().stream().filter(Replica::holds).findFirst().orElseThrow();
            String other = busy == fleet.replica(0) ? "127.0.0.22" : "127.0.0.21";

            assertEquals(Map.of(other, 20), spread("/least/" + marker(), 20));
            busy.release();
            assertEquals(busy.name(), waiting.read().body());
        }
    }

    @Test
    void sameHeaderGoesToTheSameAddress() {
        Set<String> all = new HashSet<>();
        for (int user = 0; user < 40; user++) {
            Call call = get("/by-header/x").header("X-User", "user-" + user);
            String first = served(call);
            all.add(first);
            assertEquals(first, served(call));
        }
        assertEquals(3, all.size(), all::toString);
    }

    @Test
    void sameCookieGoesToTheSameAddressWhateverElseIsThere() {
        String first = served(get("/by-cookie/x").header("Cookie", "session=s-17"));
        assertEquals(first, served(get("/by-cookie/x").header("Cookie", "a=b; session=s-17; c=d")));
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    first, served(get("/by-cookie/x").header("Cookie", "a=b").header("Cookie", "session=s-17")));
        }
        for (int i = 0; i < 40; i++) {
            all.add(served(get("/by-cookie/x").header("Cookie", "session=s-" + i)));
        }
        assertEquals(3, all.size(), all::toString);
    }

    @Test
    void sameClientGoesToTheSameAddress() {
        String first = served("/by-address/x");
        assertEquals(Map.of(first, 10), spread("/by-address/x", 10));
    }

    @Test
    void clientsBehindATrustedProxyAreToldApart() {
        Set<String> all = new HashSet<>();
        for (int i = 1; i < 40; i++) {
            Call call = get("/by-address/x").header("X-Forwarded-For", "192.0.2." + i);
            String first = sendFrom(TRUSTED_PROXY, call).body();
            all.add(first);
            assertEquals(first, sendFrom(TRUSTED_PROXY, call).body());
        }
        assertEquals(3, all.size(), all::toString);
    }

    @Test
    void withoutTheHeaderRequestsTakeTurns() {
        assertEquals(3, spread("/by-header/" + marker(), 9).size());
    }

    @Test
    void retryGoesToAnotherAddress() {
        fleet.replica(0).respond("/elsewhere/", 503);
        for (int i = 0; i < 4; i++) {
            assertEquals("127.0.0.22", served("/elsewhere/x"));
        }
        assertTrue(fleet.replica(0).count("/elsewhere/x") > 0);
        assertNotEquals(0, metric("clew_upstream_addresses", "elsewhere"));
    }
}

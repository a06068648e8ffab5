package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which request reaches whom. */
abstract class RoutingContract extends Contract {

    @ParameterizedTest
    @CsvSource({
        "acme.test, acme",
        "ACME.Test, acme",
        "acme.test., acme",
        "acme.test:8080, acme",
        "acme.test.:443, acme",
        "shop.acme.test, acme",
        "a.b.acme.test, acme",
        "exact.acme.test, deep",
        "x.deep.acme.test, deep",
        "x.y.deep.acme.test, deep",
        "deep.acme.test, acme",
        "[::1], acme",
        "[::1]:8080, acme",
        "[0:0:0:0:0:0:0:1], acme",
        "preserve.test, preserve",
    })
    void servesTheTenantThatOwnsTheHost(String host, String tenant) {
        Seen seen = send(Call.get("/whoami").host(host)).echoed();

        assertEquals("/tenants/" + tenant, seen.uri());
        assertEquals(host, seen.one("host"));
    }

    @Test
    void absoluteFormOverridesHost() {
        Seen seen = send(Call.get("http://exact.acme.test/whoami").host("acme.test"))
                .echoed();

        assertEquals("/tenants/deep", seen.uri());
        assertEquals("exact.acme.test", seen.one("host"));
    }
}

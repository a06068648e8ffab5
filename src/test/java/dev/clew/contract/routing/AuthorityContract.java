package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of tenant by a request's authority: all forms of an authority lead to the same tenant. */
abstract class AuthorityContract extends Contract {

    /** The host of a tenant that is never requested: naming it must have no effect. */
    private static final String OTHER = "restart.test";

    private static String[] lines(String authority) {
        return new String[] {":method GET", ":scheme http", ":authority " + authority, ":path /whoami"};
    }

    private Outcome overHttp2(String... lines) {
        try (Http2Client client = new Http2Client(port())) {
            return client.await(client.open(Http2Client.END_STREAM, lines));
        }
    }

    private static void assertServedBy(String tenant, String host, RawResponse response) {
        Seen seen = response.echoed();
        assertEquals("/tenants/" + tenant, seen.uri());
        assertEquals(host, seen.one("host"));
        assertEquals(host, seen.one("x-forwarded-host"));
    }

    private static RawResponse responseOf(Outcome outcome) {
        return assertInstanceOf(Outcome.Responded.class, outcome).response();
    }

    @ParameterizedTest
    @CsvSource({
        "acme.test, acme",
        "ACME.Test, acme",
        "acme.test., acme",
        "acme.test:1, acme",
        "acme.test:65535, acme",
        "ACME.TEST.:443, acme",
        "preserve.test.acme.test, acme",
        "deep.acme.test, acme",
        "x.deep.acme.test:81, deep",
        "EXACT.acme.test, deep",
        "preserve.test:8443, preserve",
        "[::1], acme",
        "[::1]:8080, acme",
        "[0:0:0:0:0:0:0:1], acme",
        "[::0001]:1, acme",
    })
    void isTheSameTenantsHoweverItsHostIsSpelt(String host, String tenant) {
        assertServedBy(tenant, host, send(Call.get("/whoami").host(host)));
        assertServedBy(tenant, host, send(Call.get("http://" + host + "/whoami").host(OTHER)));
        assertServedBy(
                tenant, host, send(Call.get("HTTPS://" + host + "/whoami").host(OTHER)));
        assertServedBy(tenant, host, responseOf(overHttp2(lines(host))));
    }

    @ParameterizedTest
    @CsvSource({
        "acme.test.restart.test",
        "acme.test-restart.test",
        "xacme.test",
        "test",
        "127.0.0.1",
        "localhost:80",
        "2130706433",
        "0x7f000001",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "xn--acme-test",
    })
    void isNobodysWhereNobodyHasTheHost(String host) {
        send(Call.get("/whoami").host(host)).assertProblem(404, "unknown-host");
        send(Call.get("http://" + host + "/whoami").host(OTHER)).assertProblem(404, "unknown-host");
        responseOf(overHttp2(lines(host))).assertProblem(404, "unknown-host");
    }

    /** A malformed authority is rejected, over HTTP/2 possibly by a reset, and never served. */
    @ParameterizedTest
    @CsvSource({
        "user@acme.test",
        "acme.test@restart.test",
        "restart.test:80@acme.test",
        "@acme.test",
        "acme.test:x",
        "acme.test:-1",
        "acme.test:99999",
        "acme.test:80:80",
        "acme..test",
        ".acme.test",
        "acme.test..",
        "acme.test%2f",
        "acme%2etest",
        "acme.test\\restart.test",
        "'acme.test,restart.test'",
        "acme.test;x",
        "[::1",
        "[::1]restart.test",
        "[::1].",
        "[fe80::1%25eth0]",
        "[127.0.0.1]",
        "*.acme.test",
    })
    void isRejectedWhereTheHostIsNone(String host) {
        String marker = marker();
        assertEquals(400, send(Call.get("/any/" + marker).host(host)).status());
        assertEquals(
                400,
                send(Call.get("http://" + host + "/any/" + marker).host(OTHER)).status());
        String[] lines = lines(host);
        lines[3] = ":path /any/" + marker;
        if (overHttp2(lines) instanceof Outcome.Responded responded) {
            assertEquals(400, responded.response().status());
        }
        send(Call.get("/any/fence")).echoed();
        assertEquals(
                0,
                world.echo().seen().stream()
                        .filter(seen -> seen.uri().contains(marker))
                        .count());
    }

    /** RFC 9113 section 8.3.1: host and authority must not differ; an equal host adds nothing. */
    @ParameterizedTest
    @CsvSource({"acme.test, restart.test", "restart.test, acme.test", "acme.test, exact.acme.test"})
    void isRejectedWhereHostAndAuthorityDiffer(String authority, String host) {
        Outcome outcome =
                overHttp2(":method GET", ":scheme http", ":authority " + authority, ":path /whoami", "host " + host);
        if (outcome instanceof Outcome.Responded responded) {
            assertEquals(400, responded.response().status());
        }
    }

    @Test
    void isItsAuthoritysWhereHostSaysTheSame() {
        String[] lines = {":method GET", ":scheme http", ":authority acme.test", ":path /whoami", "host acme.test"};
        assertServedBy("acme", "acme.test", responseOf(overHttp2(lines)));
    }

    /** Neither host nor target may lead to a tenant that the client did not mean. */
    @Test
    void anAbsoluteTargetOfNobodysIsNotServedByItsHost() {
        send(Call.get("http://nobody.test/whoami").host("acme.test")).assertProblem(404, "unknown-host");
        assertEquals(400, send(Call.get("http:///whoami").host("acme.test")).status());
        assertEquals(
                400, send(Call.get("ftp://acme.test/whoami").host("acme.test")).status());
        assertEquals(
                400, send(Call.get("http:acme.test/whoami").host("acme.test")).status());
    }

    @Test
    void forwardedHostsOfStrangersCountForNothing() {
        Call call = Call.get("/whoami")
                .host("acme.test")
                .header("X-Forwarded-Host", OTHER)
                .header("Forwarded", "host=" + OTHER)
                .header("X-Host", OTHER)
                .header("X-Original-Host", OTHER);
        assertServedBy("acme", "acme.test", send(call));
        assertEquals("/tenants/acme", sendFrom(TRUSTED_PROXY, call).echoed().uri());
    }
}

package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of tenant, route and upstream. */
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

    @ParameterizedTest
    @ValueSource(strings = {"http://exact.acme.test/whoami", "HTTP://EXACT.acme.test:80/whoami"})
    void absoluteFormOverridesHost(String target) {
        Seen seen = send(Call.get(target).host("acme.test")).echoed();

        assertEquals("/tenants/deep", seen.uri());
        assertTrue(seen.one("host").toLowerCase(Locale.ROOT).startsWith("exact.acme.test"), seen::toString);
    }

    @Test
    void rejectsMissingHostWith400() {
        send(Call.get("/whoami").withoutHost()).assertRejected(400, "malformed-host");
    }

    @Test
    void rejectsDoubledHostWith400() {
        send(Call.get("/whoami").line("Host: acme.test")).assertRejected(400, "malformed-host");
        send(Call.get("/whoami").line("host: exact.acme.test")).assertRejected(400, "malformed-host");
    }

    @Test
    void rejectsDoubledHostBesideAbsoluteFormWith400() {
        RawResponse response = send(Call.get("http://acme.test/whoami").line("Host: exact.acme.test"));

        response.assertRejected(400, "malformed-host");
    }

    @Test
    void rejectsMissingHostBesideAbsoluteFormWith400() {
        send(Call.get("http://acme.test/whoami").withoutHost()).assertRejected(400, "malformed-host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "acme.test, exact.acme.test", "acme.test/x", "user@acme.test", "acme.test:x", "[::1", "a..b"
            })
    void rejectsMalformedHostWith400(String host) {
        send(Call.get("/whoami").host(host)).assertRejected(400, "malformed-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody.test", "xacme.test", "test", "acme.test.evil.test", "127.0.0.1", "broken.test"})
    void rejectsUnknownHostWith404(String host) {
        send(Call.get("/whoami").host(host)).assertProblem(404, "unknown-host");
    }

    @Test
    void respondsToSuspendedTenantWith503AndRetryAfter() {
        RawResponse response = send(Call.get("/whoami").host("suspended.test"));

        response.assertProblem(503, "tenant-suspended");
        assertTrue(Integer.parseInt(response.one("retry-after")) > 0, response::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/ordersx", "/items/1", "/items//detail", "/items/1/detail/", "/Orders/1"})
    void rejectsUnknownPathWith404(String path) {
        send(Call.get(path)).assertProblem(404, "unknown-route");
    }

    @Test
    void rejectsOtherMethodsWith405AndAllow() {
        RawResponse response = send(Call.of("DELETE", "/orders/1"));

        response.assertProblem(405, "method-not-allowed");
        assertEquals(Set.of("GET", "HEAD", "POST"), Set.of(response.one("allow").split(", ", -1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "BREW", "get", "TRACE"})
    void knowsNoMethodThatTheRouteDoesNotName(String method) {
        send(Call.of(method, "/orders/1")).assertProblem(405, "method-not-allowed");
    }

    @Test
    void servesHeadByARouteForGet() {
        RawResponse response = send(Call.of("HEAD", "/orders/1"));

        assertEquals(200, response.status());
        world.echo().await(seen -> seen.method().equals("HEAD") && seen.uri().equals("/orders/1"));
    }

    @Test
    void passesAnUnknownMethodToARouteForAnyMethod() {
        assertEquals("BREW", send(Call.of("BREW", "/any/pot")).echoed().method());
    }

    @Test
    void carriesNamedSegmentsAndQueryIntoTheRewrittenPath() {
        assertEquals(
                "/v1/items/7?x=%2F&y",
                send(Call.get("/items/7/detail?x=%2F&y")).echoed().uri());
    }

    @ParameterizedTest
    @CsvSource({
        "/a/../admin, /routed-admin/admin",
        "/a/%2e%2e/admin, /routed-admin/admin",
        "/a/%2E./admin/x, /routed-admin/admin/x",
        "//admin, /routed-admin/admin",
        "/./admin, /routed-admin/admin",
        "/a//b, /routed-a/a/b",
        "/%61dmin, /routed-admin/admin",
        "/a;x=/../admin, /routed-admin/admin",
        "/admin;v=1, /routed-admin/admin;v=1",
        "/a/b/..;/, ",
        "/a/..;/admin, ",
        "/a/..%3b/admin, ",
        "/a%2Fadmin, ",
        "/a/..%2fadmin, ",
        "/a/..\\admin, ",
        "/a/%5c../admin, ",
        "/a/%00, ",
        "/a/%0d%0aX:1, ",
        "/a/%, ",
        "/a/%zz, ",
        "/../admin, ",
        "/a/;/../admin, ",
    })
    void upstreamNeverReceivesAnotherResourceThanTheRouteAllows(String path, String expected) {
        RawResponse response = send(Call.get(path));

        if (expected == null) {
            response.assertProblem(400, "malformed-path");
        } else {
            String received = response.echoed().uri();
            assertEquals(expected, received);
            String route = received.startsWith("/routed-admin") ? "/admin" : "/a";
            assertTrue(LaxServer.resource(received).startsWith("/routed-" + route.substring(1) + route), received);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "acme.test:80", "ftp://acme.test/whoami", "http:///whoami", "whoami", "/a#b", "/a\u00e9"})
    void rejectsTargetsThatAddressNoResourceWith400(String target) {
        send(Call.get(target)).assertRejected(400, "malformed-request");
    }

    @Test
    void respondsToUnknownHostWithoutNamingAnyTenant() {
        String body = send(Call.get("/whoami").host("nobody.test")).body();

        assertFalse(body.contains("acme") || body.contains("nobody"), body);
    }
}

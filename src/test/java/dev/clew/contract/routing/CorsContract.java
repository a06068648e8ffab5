package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cross-origin access, decided by the gateway. */
abstract class CorsContract extends Contract {

    private static final String ALLOW_ORIGIN = "access-control-allow-origin";

    @ParameterizedTest
    @ValueSource(strings = {"https://app.test", "https://eu.app.test"})
    void respondsToPreflightRequestsItself(String origin) {
        String marker = marker();
        RawResponse response = send(preflight("/answer?" + marker, origin, "PUT"));

        assertEquals(204, response.status());
        assertEquals(origin, response.one(ALLOW_ORIGIN));
        assertEquals("true", response.one("access-control-allow-credentials"));
        assertEquals("GET, PUT", response.one("access-control-allow-methods"));
        assertEquals("content-type, x-user", response.one("access-control-allow-headers"));
        assertEquals("600", response.one("access-control-max-age"));
        assertEquals("Origin", response.one("vary"));
        assertFalse(response.has("content-length"), response::toString);
        assertTrue(world.echo().seen().stream().noneMatch(seen -> seen.uri().contains(marker)));
        JsonObject line = world.awaitAccessLogLine(response.traceId());
        assertEquals("api", line.getString("route"));
        assertEquals("/answer", trace(response.traceId()).server().attribute("http.route"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test", "https://app.test.evil.test", "http://app.test", "null"})
    void grantsNothingToOtherOrigins(String origin) {
        RawResponse preflight = send(preflight("/answer", origin, "GET"));
        RawResponse response = send(call("/answer?status=200&body=ok").header("origin", origin));

        assertEquals(204, preflight.status());
        assertEquals(200, response.status());
        for (RawResponse each : List.of(preflight, response)) {
            assertTrue(each.headers().stream().noneMatch(line -> line.getKey().startsWith("access-control-")));
            assertEquals("Origin", each.one("vary"));
        }
    }

    @Test
    void rejectsAPreflightRequestForAMethodThatNoRouteTakes() {
        send(preflight("/answer", "https://app.test", "DELETE")).assertProblem(405, "method-not-allowed");
    }

    @Test
    void rejectsOptionsThatAreNoPreflight() {
        send(Call.of("OPTIONS", "/answer").host("cors.test")).assertProblem(405, "method-not-allowed");
    }

    @Test
    void speaksInTheUpstreamsPlace() {
        RawResponse response = send(call("/answer?status=200&body=ok&Access-Control-Allow-Origin=*"
                        + "&access-control-allow-methods=DELETE&vary=Accept")
                .header("Origin", "https://app.test"));

        assertEquals("https://app.test", response.one(ALLOW_ORIGIN));
        assertEquals("x-trace-id", response.one("access-control-expose-headers"));
        assertFalse(response.has("access-control-allow-methods"), response::toString);
        assertEquals(List.of("Origin", "Accept"), response.all("vary"));
    }

    @Test
    void letsPagesReadItsErrors() {
        RawResponse response = send(new Call(
                "PUT",
                "/answer",
                "HTTP/1.1",
                List.of("Host: cors.test", "Origin: https://app.test", "Content-Length: 2000"),
                ""));

        response.assertProblem(413, "request-too-large");
        assertEquals("https://app.test", response.one(ALLOW_ORIGIN));
    }

    @Test
    void leavesRoutesAloneThatDoNotAskForIt() {
        assertEquals(
                "OPTIONS",
                send(preflight("/plain", "https://app.test", "GET")).echoed().method());
    }

    @Test
    void grantsAnybodyWhereConfigured() {
        RawResponse response = send(call("/public").header("origin", "https://any.test"));

        assertEquals("*", response.one(ALLOW_ORIGIN));
        assertFalse(response.has("vary") || response.has("access-control-allow-credentials"), response::toString);
        assertEquals(
                "GET, HEAD, POST",
                send(preflight("/public", "https://any.test", "GET")).one("access-control-allow-methods"));
    }

    private static Call preflight(String target, String origin, String method) {
        return Call.of("OPTIONS", target)
                .host("cors.test")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method);
    }

    private static Call call(String target) {
        return Call.get(target).host("cors.test");
    }
}

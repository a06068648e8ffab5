package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.Contract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants that share a host, distinguished by path or header. */
abstract class SharedHostContract extends Contract {

    @ParameterizedTest
    @CsvSource({
        "/red, /red/red",
        "/red/orders?x=1, /red/red/orders?x=1",
        "/blue/, /blue/blue/",
        "/red/../blue/a, /blue/blue/a",
        "/red/%2e%2e/blue/a, /blue/blue/a",
        "/re%64/a, /red/red/a",
        "//red;v=1/a, /red/red;v=1/a",
    })
    void servesTheTenantWhosePrefixThePathHas(String path, String received) {
        assertEquals(received, send(byPath(path)).echoed().uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/redder", "/Red/a", "/green"})
    void rejectsPathsOfNobodyWith404(String path) {
        send(byPath(path)).assertProblem(404, "unknown-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/red/..%2fblue", "/red/..;/blue", "/red%2fa", "/red/%5c../blue", "/../red"})
    void rejectsPathsThatTwoTenantsCouldReadAsTheirsWith400(String path) {
        send(byPath(path)).assertProblem(400, "malformed-path");
    }

    @Test
    void servesTheTenantThatTheHeaderNames() {
        assertEquals(
                "/blue/a", send(byHeader().header("x-tenant", "blue")).echoed().uri());
        assertEquals(
                "/red/a", send(byHeader().header("X-TENANT", "red")).echoed().uri());
    }

    @Test
    void servesNobodyWhenTheHeaderIsMissingUnknownOrDoubled() {
        send(byHeader()).assertProblem(404, "unknown-host");
        send(byHeader().header("x-tenant", "Blue")).assertProblem(404, "unknown-host");
        send(byHeader().header("x-tenant", "blue").header("x-tenant", "red")).assertProblem(404, "unknown-host");
    }

    @Test
    void namesTheTenantInTheAccessLog() {
        JsonObject line = world.awaitAccessLogLine(send(byPath("/red/logged")).traceId());

        assertEquals("path-red", line.getString("tenant"));
    }

    private static Call byPath(String path) {
        return Call.get(path).host("by-path.test");
    }

    private static Call byHeader() {
        return Call.get("/a").host("by-header.test");
    }
}

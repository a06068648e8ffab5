package dev.clew.contract.telemetry;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.IssuerFiles;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer.Received;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks that kept requests explain themselves, and what of them is kept. */
abstract class JournalContract extends Contract {

    @Test
    void explainsA404InItsLogLineItsSpanAndTheJournal() {
        String traceId = send(Call.get("/ordrs/4711")).traceId();

        JsonObject line = world.awaitAccessLogLine(traceId);
        assertEquals("acme.test", line.getString("host"));
        assertEquals("/ordrs/*", line.getString("path"));
        assertEquals("orders", line.getString("nearest_route"));
        assertTrue(line.getString("missed").contains("ordrs"), line.encode());
        Received server = trace(traceId).server();
        assertEquals("acme.test", server.attribute("clew.host"));
        assertEquals("/ordrs/*", server.attribute("clew.path"));
        assertEquals("orders", server.attribute("clew.nearest_route"));
        assertEquals(line.getString("missed"), server.attribute("clew.missed"));
        JsonObject request = request(traceId);
        assertEquals("rejected", request.getString("worth"));
        assertTrue(
                request.getString("story")
                        .startsWith("`acme` › no route matches GET /ordrs/*, the nearest is `orders`"),
                request.encode());
        assertEquals(line, request.getJsonObject("log"));
    }

    @Test
    void showsNeitherHostNorPathOfARequestWithARoute() {
        JsonObject line =
                world.awaitAccessLogLine(send(Call.get("/orders/4711")).traceId());

        assertNull(line.getString("host"));
        assertNull(line.getString("path"));
    }

    @Test
    void keepsAFailureThatManyGoodRequestsFollow() {
        String failed = send(Call.get("/refused/x")).traceId();
        String last = "";
        try (RawClient client = connect()) {
            for (int i = 0; i < 600; i++) {
                last = client.send(Call.get("/orders/1")).read().traceId();
            }
        }
        world.awaitAccessLogLine(last);

        JsonObject request = request(failed);
        assertEquals("failed", request.getString("worth"));
        assertTrue(request.getString("story").contains("refused the connection"), request.encode());
        assertEquals(
                List.of("tenant", "route", "trace", "sampling", "attempt", "retry", "end"),
                values(request.getJsonArray("trail"), "step"));
    }

    @Test
    void tellsARetry() {
        RawResponse response = send(Call.get("/reconnecting/x"));
        RawResponse other = send(Call.get("/reconnecting/x"));
        JsonObject first = request(response.traceId());
        // The endpoints take turns: one of two requests meets the one that refuses connections first.
        JsonObject retried = first.getJsonArray("attempts").size() == 2 ? first : request(other.traceId());

        assertEquals("retried", retried.getString("worth"));
        JsonObject attempt = retried.getJsonArray("attempts").getJsonObject(0);
        assertEquals("none", attempt.getString("connection"));
        assertEquals("upstream-unreachable", attempt.getString("error"));
        assertTrue(retried.getString("story").contains("2 attempts at `reconnecting`"), retried.encode());
        assertTrue(values(retried.getJsonArray("trail"), "step").contains("retry"), retried.encode());
    }

    @Test
    void tellsWhyATokenWasRejected() {
        Call call = Call.get("/users/x").host(IssuerFiles.HOST).header("Authorization", "Bearer x.y");
        JsonObject request = request(send(call).traceId());

        JsonArray trail = request.getJsonArray("trail");
        int step = values(trail, "step").indexOf("authentication");
        assertEquals("credentials-invalid", trail.getJsonObject(step).getString("verdict"));
        assertEquals("not a signed JWT", trail.getJsonObject(step).getString("why"));
    }

    @Test
    void tellsOfAnUnknownHostWithoutTheLabelsThatMayNameAPerson() {
        String traceId = send(Call.get("/").host("jo1987.nobody.test")).traceId();

        assertEquals("*.nobody.test", world.awaitAccessLogLine(traceId).getString("host"));
        assertTrue(request(traceId).getString("story").startsWith("no tenant has the host *.nobody.test"));
    }

    @Test
    void tellsOfAFailedTlsHandshake() {
        try (RawClient client = new RawClient(STRANGER, world.tlsPort())) {
            client.send("this is no TLS\r\n\r\n");
            JsonObject failed = Await.notNull("the handshake", () -> {
                JsonArray found =
                        get("/api/v1/requests?error=tls-handshake-failed").getJsonArray("requests");
                return found.isEmpty() ? null : found.getJsonObject(0);
            });
            assertEquals("the TLS handshake failed: the client does not speak TLS", failed.getString("story"));
        }
    }

    @Test
    void writesNoLineOfGoodRequestsWhereTheTenantWantsNone() {
        String good = send(Call.get("/any/x").host("taciturn.test")).traceId();
        String bad = send(Call.get("/nowhere/x").host("taciturn.test")).traceId();

        world.awaitAccessLogLine(bad);
        assertEquals(
                0,
                world.accessLogLines().stream()
                        .filter(line -> line.contains(good))
                        .count());
        assertEquals("taciturn", request(good).getString("tenant"));
    }

    /** Returns the entry of a trace's only request, as soon as it has ended. */
    private JsonObject request(String traceId) {
        JsonObject found = Await.notNull("the journal's entry", () -> {
            JsonArray requests = get("/api/v1/requests?trace-id=" + traceId).getJsonArray("requests");
            return requests.isEmpty() ? null : requests.getJsonObject(0);
        });
        return get("/api/v1/requests/" + found.getString("id"));
    }

    private JsonObject get(String path) {
        return new JsonObject(given().urlEncodingEnabled(false)
                .get("http://127.0.0.1:" + world.managementPort() + path)
                .asString());
    }

    private static List<String> values(JsonArray objects, String name) {
        return IntStream.range(0, objects.size())
                .mapToObj(i -> objects.getJsonObject(i).getString(name))
                .toList();
    }
}

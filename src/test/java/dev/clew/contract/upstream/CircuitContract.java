package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.CallUpstream;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.CircuitFiles;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Upstreams that fail as a whole, and get no requests for a while. */
abstract class CircuitContract extends FleetContract {

    private RawResponse ask(String path) {
        return send(Call.get(path).host(CircuitFiles.HOST));
    }

    private void assertOpen(String path) {
        ask(path).assertProblem(503, "circuit-open");
    }

    @Override
    String tenant() {
        return "circuit";
    }

    private double transitions(String upstream, String state) {
        return metric("clew_upstream_circuit_transitions_total", upstream, "state=\"" + state + '"');
    }

    private double state(String upstream, String state) {
        return metric("clew_upstream_circuit", upstream, "state=\"" + state + '"');
    }

    @Test
    void onlyAddressThatRefusesConnectionsIsNotAskedForAWhile() {
        for (int i = 0; i < 3; i++) {
            ask("/dead/x").assertProblem(502, "upstream-unreachable");
        }
        double rejected = metric("clew_upstream_circuit_refused_total", "dead");
        RawResponse response = ask("/dead/x").assertProblem(503, "circuit-open");

        int seconds = Integer.parseInt(response.one("retry-after"));
        assertTrue(seconds > 60 && seconds <= 90, response::toString);
        Trace trace = trace(response.traceId());
        assertEquals(0, trace.clients().size());
        assertEquals("circuit-open", trace.server().attribute("error.type"));
        assertEquals("open", trace.server().attribute("clew.circuit"));
        assertEquals("dead", trace.server().attribute("clew.upstream"));
        JsonObject line = world.awaitAccessLogLine(response.traceId());
        assertEquals("circuit-open", line.getString("error"));
        assertEquals("dead", line.getString("upstream"));
        assertEquals(0, line.getInteger("attempts"));
        assertEquals(rejected + 1, metric("clew_upstream_circuit_refused_total", "dead"));
        assertEquals(1, state("dead", "open"));
        assertEquals(0, state("dead", "half-open"));
        assertEquals(1, transitions("dead", "open"));
    }

    @Test
    void deadUpstreamIsToldOfOnTheManagementPortAndInTheLog() throws IOException {
        for (int i = 0; i < 4; i++) {
            ask("/dead-told/x");
        }
        assertEquals(1, metric("clew_upstream_addresses", "dead-told"));
        assertEquals(0, metric("clew_upstream_addresses_well", "dead-told"));
        JsonObject page = new JsonObject(new Metrics(world.managementPort()).page("/q/config"));
        JsonArray told = page.getJsonArray("circuitsNotClosed");
        assertTrue(told.contains("circuit/dead-told"), told::encode);
        assertFalse(told.contains("circuit/forgiving"), told::encode);
        assertEquals(
                1,
                Files.readString(world.log(), StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.contains("upstream circuit/dead-told: circuit open"))
                        .count());
    }

    @Test
    void callIsToldAsCallsAre() {
        ask("/dead-for-calls/x");
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    0,
                    ":method POST",
                    ":scheme http",
                    ":authority " + CircuitFiles.HOST,
                    ":path /dead-for-calls/x",
                    "content-type application/grpc",
                    "te trailers");
            client.data(stream, Http2Client.END_STREAM, CallUpstream.MESSAGE);
            RawResponse response = assertInstanceOf(Outcome.Responded.class, client.await(stream))
                    .response();
            assertEquals(200, response.status());
            assertEquals("14", response.one("grpc-status"));
            assertEquals("circuit-open", response.one("grpc-message").split(":", 2)[0]);
        }
    }

    @Test
    void oneOfTwoAddressesThatIsDeadRefusesNobody() {
        for (int i = 0; i < 8; i++) {
            int status = ask("/half-dead/x").status();
            assertTrue(status == 200 || status == 502, "status " + status);
        }
        assertEquals(0, transitions("half-dead", "open"));
        assertEquals(2, metric("clew_upstream_addresses_well", "half-dead"));
    }

    @Test
    void requestsTryItWhenItIsTimeAndCloseItWhenTheyDoWell() {
        fleet.replica(0).respond("/failing/", 500);
        Await.until("open circuit", () -> ask("/failing/x").status() == 503);
        fleet.replica(0).respond("/failing/", 200);
        RawResponse first = Await.notNull("probe", () -> {
            RawResponse response = ask("/failing/x");
            return response.status() == 200 ? response : null;
        });
        assertEquals("half-open", trace(first.traceId()).client().attribute("clew.circuit"));
        RawResponse next = ask("/failing/x");
        assertEquals(200, next.status());
        assertNull(trace(next.traceId()).client().attribute("clew.circuit"));
        assertEquals(1, transitions("failing", "closed"));
        assertTrue(transitions("failing", "half-open") >= 1);
        assertEquals(0, state("failing", "open") + state("failing", "half-open"));
        assertEquals(1, metric("clew_upstream_addresses_well", "failing"));
    }

    @Test
    void responsesWithAServersErrorCountOnlyWhereTheFileSaysSo() {
        fleet.replica(0).respond("/forgiving/", 500);
        for (int i = 0; i < 5; i++) {
            assertEquals(500, ask("/forgiving/x").status());
        }
    }

    @Test
    void tooLargeAShareOfFailuresOpensIt() {
        fleet.replica(0).respond("/mixed/bad", 500);
        for (int i = 0; i < 2; i++) {
            assertEquals(200, ask("/mixed/good").status());
            assertEquals(500, ask("/mixed/bad").status());
        }
        assertOpen("/mixed/good");
    }

    @Test
    void checkThatPassesClosesIt() {
        fleet.replica(0).respond("/checked/", 500);
        ask("/checked/x");
        Await.until("closed circuit", () -> transitions("checked", "closed") >= 1);
        assertTrue(transitions("checked", "open") >= 1);
        assertEquals(0, transitions("checked", "half-open"));
    }

    @Test
    void noRetryGoesToAnOpenCircuit() {
        String path = "/retried/" + marker();
        fleet.replica(0).respond("/retried/", 503);
        RawResponse response = ask(path);

        assertEquals(503, response.status());
        assertEquals("127.0.0.21", response.body(), "the response, unchanged");
        assertEquals(2, fleet.replica(0).count(path));
        assertOpen(path);
        assertEquals(2, fleet.replica(0).count(path));
        assertEquals(0, metric("clew_upstream_retries_active", "retried"));
    }

    @Test
    void responsesThatBreakOffCount() {
        for (int i = 0; i < 2; i++) {
            String marker = marker();
            try (RawClient client = connect()) {
                client.send(Call.get("/broken/" + marker).host(CircuitFiles.HOST));
                Turn turn = world.hand().take(marker);
                turn.sendHalf();
                assertEquals(200, client.readHead().status());
                turn.close();
            }
            Await.until("end of the request", () -> metric("clew_upstream_requests_active", "broken") == 0);
        }
        assertOpen("/broken/x");
    }

    @Test
    void silentTunnelsThatAnybodyCanBeginOpenNothing() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/silent/" + marker)
                    .host(CircuitFiles.HOST)
                    .line("Connection: Upgrade")
                    .line("Upgrade: chat"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
            assertEquals(101, client.readHead().status());
            turn.awaitClosed();
        }
        Await.until("end of the request", () -> metric("clew_upstream_requests_active", "silent") == 0);
        assertEquals(0, transitions("silent", "open"));
    }

    @Test
    void clientsThatLeaveOpenNothing() {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String marker = marker();
            try (RawClient client = connect()) {
                client.send(Call.get("/left/" + marker).host(CircuitFiles.HOST));
                turns.add(world.hand().take(marker));
            }
        }
        turns.forEach(Turn::awaitClosed);
        Await.until("end of the requests", () -> metric("clew_upstream_requests_active", "left") == 0);
        assertEquals(0, transitions("left", "open"));
    }

    @Test
    void whoWaitsInLineIsRejectedWithTheOthers() {
        String marker = marker();
        try (RawClient first = connect();
                RawClient second = connect()) {
            first.send(Call.get("/full/" + marker).host(CircuitFiles.HOST));
            Turn turn = world.hand().take(marker);
            second.send(Call.get("/full/x").host(CircuitFiles.HOST));
            Await.until("line", () -> metric("clew_upstream_requests_pending", "full") == 1);
            turn.reset();

            first.read().assertProblem(502, "upstream-reset");
            second.read().assertProblem(503, "circuit-open");
        }
        assertEquals(0, metric("clew_upstream_requests_active", "full"));
    }

    @Test
    void copiesObeyItAndDoNotOpenIt() {
        for (int i = 0; i < 3; i++) {
            assertTrue(ask("/copied/x").status() < 502);
        }
        Await.until(
                "copies",
                () -> metric("clew_upstream_copies_seconds_count", "dead-mirror", "error=\"upstream-unreachable\"")
                        == 3);
        assertEquals(0, transitions("dead-mirror", "open"));
        ask("/dead-mirror/x").assertProblem(502, "upstream-unreachable");
        assertTrue(ask("/copied/x").status() < 502);
        assertEquals(1, metric("clew_upstream_copies_skipped_total", "dead-mirror", "reason=\"circuit-open\""));
    }
}

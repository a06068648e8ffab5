package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Pump;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that disconnect: the upstream request is cancelled, and the request is recorded exactly once, in any phase.
 */
@ExtendWith(NeverBlocked.class)
abstract class EndingContract extends Contract {

    private static final String GONE = "client-closed-request";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n";

    private String marker;
    private String traceId;

    @BeforeEach
    void nameTheRequest() {
        marker = marker();
        traceId = java.util.UUID.randomUUID().toString().replace("-", "");
    }

    @AfterEach
    void nothingIsLeftActive() {
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    private Call call(String method, String upstream) {
        return Call.of(method, "/" + upstream + "/" + marker)
                .host(StreamFiles.HOST)
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");
    }

    /** Asserts one SERVER span, one access-log line and one count, all with the client's disconnect as the error. */
    private Trace assertRecordedOnce(String route, int attempts, Runnable request) {
        Metrics metrics = new Metrics(world.managementPort());
        String[] labels = {"route=\"" + route + "\"", "error=\"" + GONE + "\""};
        double before = metrics.sum("clew_requests_seconds_count", labels);
        request.run();
        JsonObject line = world.awaitAccessLogLine(traceId);
        Trace trace = trace(traceId);
        Received server = trace.server();
        assertEquals(GONE, server.attribute("error.type"));
        assertEquals(attempts, trace.clients().size());
        for (Received client : trace.clients()) {
            assertEquals(GONE, client.attribute("error.type"));
            assertEquals(
                    Status.StatusCode.STATUS_CODE_ERROR,
                    client.span().getStatus().getCode());
            assertTrue(client.span().getEndTimeUnixNano() >= client.span().getStartTimeUnixNano());
        }
        assertEquals(GONE, line.getString("error"));
        assertEquals(Trace.spanId(server), line.getString("span_id"));
        assertEquals(
                1,
                world.accessLogLines().stream()
                        .filter(any -> any.contains(traceId))
                        .count());
        assertEquals(before + 1, metrics.sum("clew_requests_seconds_count", labels));
        return trace;
    }

    @Test
    void goneBeforeTheUpstreamResponds() {
        Trace trace = assertRecordedOnce("hand", 1, () -> {
            RawClient client = connect().send(call("GET", "hand"));
            Turn turn = world.hand().take(marker);
            client.close();
            turn.awaitClosed();
        });
        assertEquals(null, trace.server().attribute("http.response.status_code"));
        assertEquals(499, world.awaitAccessLogLine(traceId).getInteger("status"));
    }

    @Test
    void goneByAResetBeforeTheUpstreamResponds() {
        assertRecordedOnce("hand", 1, () -> {
            RawClient client = connect().send(call("GET", "hand"));
            Turn turn = world.hand().take(marker);
            client.abort();
            turn.awaitClosed();
        });
    }

    @Test
    void goneInTheMiddleOfTheResponse() {
        Trace trace = assertRecordedOnce("hand", 1, () -> {
            RawClient client = connect().send(call("GET", "hand"));
            Turn turn = world.hand().take(marker).send(CHUNKED);
            client.readHead();
            assertEquals("half", client.chunk());
            client.abort();
            turn.awaitClosed();
        });
        assertEquals("200", trace.server().attribute("http.response.status_code"));
        assertEquals("200", trace.client().attribute("http.response.status_code"));
    }

    @Test
    void goneWhileNobodyReadsTheResponse() {
        assertRecordedOnce("hand", 1, () -> {
            RawClient client = new RawClient(STRANGER, port(), 64 * 1024).send(call("GET", "hand"));
            Turn turn = world.hand().take(marker);
            long length = 64L << 20;
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            client.readHead();
            Pump upstream = Pump.write(out(turn), length);
            upstream.awaitStuck(() -> send(Call.get("/orders/fence")));
            client.abort();
            turn.awaitClosed();
        });
    }

    @Test
    void goneWhileItsBodyIsAwaited() {
        assertRecordedOnce("hand", 1, () -> {
            RawClient client = connect()
                    .send(call("POST", "hand").header("Content-Length", "10").raw("half"));
            Turn turn = world.hand().take(marker);
            assertEquals("half", turn.read(4));
            client.close();
            turn.awaitClosed();
        });
    }

    @Test
    void goneWhileTheUpstreamDoesNotReadTheBody() {
        assertRecordedOnce("hand", 1, () -> {
            long length = 64L << 20;
            RawClient client = connect().send(call("POST", "hand").header("Content-Length", Long.toString(length)));
            Turn turn = world.hand().take(marker);
            Pump.write(client.out(), length).awaitStuck(() -> send(Call.get("/orders/fence")));
            client.abort();
            // The upstream is not reading yet, so it cannot notice that way.
            world.awaitAccessLogLine(traceId);
            turn.awaitClosed();
        });
    }

    @Test
    void goneBeforeItIsToldToContinue() {
        assertRecordedOnce("hand", 1, () -> {
            Call expecting = call("POST", "hand").header("Content-Length", "10").header("Expect", "100-continue");
            RawClient client = connect().send(expecting);
            Turn turn = world.hand().take(marker);
            client.close();
            turn.awaitClosed();
        });
    }

    @Test
    void goneWhileTheUpstreamIsConnectedTo() {
        double before = new Metrics(world.managementPort()).sum("clew_requests_active");
        assertRecordedOnce("full-patient", 1, () -> {
            RawClient client = connect().send(call("GET", "full-patient"));
            Await.until("request in the gateway", () -> active() > before);
            client.close();
        });
    }

    @Test
    void goneWhileItWaitsForAPlaceTakesNonePlaceAway() {
        String inside = marker();
        try (RawClient first = connect()) {
            first.send(Call.get("/patient/" + inside).host(StreamFiles.HOST));
            Turn turn = world.hand().take(inside);
            assertRecordedOnce("patient", 0, () -> {
                RawClient client = connect().send(call("GET", "patient"));
                Await.until("request in the gateway", () -> active() >= 2);
                client.close();
            });
            turn.respond("ok");
            assertEquals("ok", first.read().body());
            String next = marker();
            first.send(Call.get("/patient/" + next).host(StreamFiles.HOST));
            world.hand().respond(next, "next");
            assertEquals("next", first.read().body());
        }
        assertEquals(0, world.hand().count(marker));
    }

    @Test
    void everyPipelinedRequestEndsWithItsClient() {
        String second = marker();
        assertRecordedOnce("hand", 1, () -> {
            RawClient client = connect()
                    .send(call("GET", "hand").wire()
                            + Call.get("/hand/" + second).host(StreamFiles.HOST).wire());
            Turn turn = world.hand().take(marker);
            client.abort();
            turn.awaitClosed();
        });
    }

    private double active() {
        return new Metrics(world.managementPort()).sum("clew_requests_active");
    }

    private static java.io.OutputStream out(Turn turn) {
        try {
            return turn.out();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Requests that end normally, or are ended by the upstream or the gateway, are recorded once as well. */
    @Test
    void everyOtherEndingIsRecordedOnceWithItsError() {
        record Ending(Call call, String host, String error) {}
        List<Ending> endings = List.of(
                new Ending(Call.get("/nothing"), "acme.test", "unknown-route"),
                new Ending(Call.get("/any/x"), "nobody.test", "unknown-host"),
                new Ending(Call.get("/refused/x"), "acme.test", "upstream-unreachable"),
                new Ending(Call.get("/any/reset/head"), "acme.test", "upstream-reset"),
                new Ending(Call.get("/quick/never"), "acme.test", "response-timeout"),
                new Ending(Call.get("/full/x"), StreamFiles.HOST, "connect-timeout"),
                new Ending(Call.get("/a/%2f"), "acme.test", "malformed-path"),
                new Ending(Call.get("/any/ok"), "acme.test", null));
        for (Ending ending : endings) {
            String id = send(ending.call().host(ending.host())).traceId();
            JsonObject line = world.awaitAccessLogLine(id);
            assertEquals(ending.error(), trace(id).server().attribute("clew.error"), ending::toString);
            assertEquals(ending.error(), line.getString("error"), ending::toString);
            assertEquals(
                    1,
                    world.accessLogLines().stream()
                            .filter(any -> any.contains(id))
                            .count(),
                    ending::toString);
        }
    }
}

package dev.clew.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The framing of messages, and the bytes in between, on both sides of the gateway. */
@ExtendWith(NeverBlocked.class)
abstract class FramingContract extends Contract {

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    /** Sends the call that ends with {@code marker}, and responds with these bytes. */
    private Turn exchange(RawClient client, Call call, String marker, String response) {
        client.send(on(call));
        Turn turn = world.hand().take(marker);
        turn.send(response).done();
        return turn;
    }

    private void assertServesNext(RawClient client) {
        client.send(on(Call.get("/any/next")));
        assertEquals("/next", client.read().echoed().uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
    void requestWithoutBodyGetsNoFramingUpstream(String method) {
        String marker = marker();
        try (RawClient client = connect()) {
            Turn turn = exchange(client, Call.of(method, "/hand/" + marker), marker, "HTTP/1.1 204 No Content\r\n\r\n");
            String head = turn.head().toLowerCase(Locale.ROOT);
            assertFalse(head.contains("content-length") || head.contains("transfer-encoding"), head);
            assertEquals(204, client.readHead().status());
            assertServesNext(client);
        }
    }

    @Test
    void emptyBodyKeepsItsLengthOfZero() {
        String marker = marker();
        try (RawClient client = connect()) {
            String empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            exchange(client, Call.post("/hand/" + marker, ""), marker, empty);
            RawResponse response = client.read();
            assertEquals("0", response.one("content-length"));
            assertFalse(response.has("transfer-encoding"));
            assertServesNext(client);
        }
    }

    @Test
    void emptyChunkedBodiesStayEmptyBothWays() {
        String marker = marker();
        try (RawClient client = connect()) {
            Call call = Call.of("POST", "/hand/" + marker).line("Transfer-Encoding: chunked");
            client.send(on(call.raw("0\r\n\r\n")));
            Turn turn = world.hand().take(marker);
            assertEquals("0\r\n\r\n", turn.read(5));
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                    .done();
            assertEquals("", client.read().body());
            assertServesNext(client);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, 200 OK, Content-Length: 1000",
        "HEAD, 200 OK, Transfer-Encoding: chunked",
        "HEAD, 404 Not Found, Content-Length: 5",
        "HEAD, 200 OK, X-None: 1",
        "GET, 204 No Content, X-None: 1",
        "GET, 304 Not Modified, Content-Length: 1000",
        "GET, 304 Not Modified, X-None: 1",
        "POST, 205 Reset Content, Content-Length: 0",
    })
    void responsesWithoutBodyEndWithTheirHead(String method, String status, String header) {
        String marker = marker();
        try (RawClient client = connect()) {
            String written = "HTTP/1.1 " + status + "\r\nETag: \"v1\"\r\n" + header + "\r\n\r\n";
            Call call = Call.of(method, "/hand/" + marker);
            exchange(client, method.equals("POST") ? Call.post("/hand/" + marker, "") : call, marker, written);
            RawResponse response = client.readHead();
            assertTrue(status.startsWith(Integer.toString(response.status())));
            assertEquals("\"v1\"", response.one("etag"));
            if (header.startsWith("Content-Length")) {
                assertEquals(header.split(": ", 2)[1], response.one("content-length"));
            }
            assertServesNext(client);
        }
    }

    @Test
    void earlyHintsArePassedOnBeforeTheFinalResponse() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
            RawResponse hints = client.read();
            assertEquals(103, hints.status());
            assertEquals("</a.css>; rel=preload", hints.one("link"));
            turn.respond("ok");
            RawResponse response = client.read();
            assertEquals("ok", response.body());
            response.traceId();
        }
    }

    @Test
    void earlyHintsBeyondABoundAreNotPassedOn() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(50));
            turn.respond("ok");
            int hints = 0;
            RawResponse response = client.read();
            for (; response.status() == 103; response = client.read()) {
                hints++;
            }
            assertEquals("ok", response.body());
            assertTrue(hints > 0 && hints <= 16, "hints: " + hints);
        }
    }

    @Test
    void interimResponsesWithoutEndFailTheAttempt() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n".repeat(100));
            RawResponse response = client.read();
            while (response.status() == 103) {
                response = client.read();
            }
            response.assertProblem(502, "upstream-invalid-response");
            turn.awaitClosed();
        }
    }

    @Test
    void otherInterimResponsesDoNotTakeTheFinalOnesPlace() {
        String marker = marker();
        try (RawClient client = connect()) {
            String interim = "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 104 Upload Resumption\r\nUpload: 1\r\n\r\n";
            String response = interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
            exchange(client, Call.get("/hand/" + marker), marker, response);
            RawResponse last = client.read();
            assertEquals(200, last.status());
            assertEquals("ok", last.body());
            assertServesNext(client);
        }
    }

    @Test
    void upstreamThatSwitchesProtocolsUnaskedIs502() {
        String marker = marker();
        try (RawClient client = connect()) {
            String response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nbytes of x";
            Turn turn = exchange(client, Call.get("/hand/" + marker), marker, response);
            client.read().assertProblem(502, "upstream-invalid-response");
            turn.awaitClosed();
            assertServesNext(client);
        }
    }

    @Test
    void trailersFollowTheBody() {
        String marker = marker();
        try (RawClient client = connect()) {
            String head = "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n";
            exchange(client, Call.get("/hand/" + marker), marker, head + "4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n");
            RawResponse response = client.read();
            assertEquals("body", response.body());
            assertEquals("X-Sum", response.one("trailer"));
            assertEquals(
                    List.of(Map.entry("x-sum", "42")),
                    response.trailers().stream()
                            .map(line -> Map.entry(line.getKey().toLowerCase(Locale.ROOT), line.getValue()))
                            .toList());
            assertServesNext(client);
        }
    }

    @Test
    void pipelinedRequestsAreServedInOrderThoughTheFirstIsTheLastToBeReady() {
        String first = marker();
        String second = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + first)).wire()
                    + on(Call.get("/hand/" + second)).wire()
                    + on(Call.get("/nothing")).wire());
            world.hand().respond(first, "first");
            assertEquals("first", client.read().body());
            world.hand().respond(second, "second");
            assertEquals("second", client.read().body());
            client.read().assertProblem(404, "unknown-route");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, acme.test, 404",
        "DELETE, /orders/1, acme.test, 405",
        "GET, /any/x, nobody.test, 404",
        "GET, /a/..%2f, acme.test, 400",
        "GET, /refused/x, acme.test, 502",
        "GET, /any/reset/head, acme.test, 502",
        "GET, /quick/never, acme.test, 504",
        "GET, /whoami, suspended.test, 503",
    })
    void connectionServesTheNextRequestAfterAnErrorResponse(String method, String target, String host, int status) {
        try (RawClient client = connect()) {
            client.send(Call.of(method, target).host(host));
            RawResponse response = client.read();
            response.assertProblem(status, problemCode(response));
            assertServesNext(client);
        }
    }

    private static String problemCode(RawResponse response) {
        return new io.vertx.core.json.JsonObject(response.body()).getString("code");
    }

    @Test
    void clientThatWantsToCloseGetsItsResponseAndTheEnd() {
        try (RawClient client = connect()) {
            client.send(on(Call.get("/any/last")).header("Connection", "close"));
            RawResponse response = client.read();
            assertEquals("/last", response.echoed().uri());
            assertEquals("close", response.one("connection"));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void errorResponseToAnUnreadBodyIsNeverFollowedByAResponseToThatBody() {
        String marker = marker();
        try (RawClient client = connect()) {
            String disguised = on(Call.get("/hand/" + marker)).wire();
            client.send(on(Call.post("/nothing", disguised)));
            client.read().assertProblem(404, "unknown-route");
            assertEquals("", client.readToEnd());
        }
        send(on(Call.get("/any/fence"))).echoed();
        assertEquals(0, world.hand().count(marker));
    }

    @Test
    void upstreamThatSendsMoreThanItsLengthMixesUpNothing() {
        String marker = marker();
        try (RawClient client = connect()) {
            String response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + "HTTP/1.1 200 OK\r\n\r\nsmuggled";
            exchange(client, Call.get("/hand/" + marker), marker, response);
            assertEquals("ok", client.read().body());
            assertServesNext(client);
        }
    }
}

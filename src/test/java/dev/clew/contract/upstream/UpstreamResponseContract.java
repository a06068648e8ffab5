package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import io.restassured.RestAssured;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid responses, and those with reserved fields: their effect on the client's response, metrics and log. */
@ExtendWith(NeverBlocked.class)
abstract class UpstreamResponseContract extends Contract {

    private static final int INTERNAL_ERROR = 2; // RFC 9113 section 7
    private static final int ROUNDS = 20;

    private static final String UPSTREAM_FIELDS =
            "Set-Cookie: leak=1\r\nContent-Encoding: gzip\r\nX-Upstream: 1\r\nETag: \"1\"\r\n";
    private static final String HINTS =
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nX-Trace-Id: forged\r\n"
                    + "X-Span-Id: forged\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: "
                    + "timeout=5\r\nUpgrade: h9\r\n\r\n";
    private static final String FINAL = "HTTP/1.1 200 OK\r\nX-Final: 1\r\nContent-Length: 5\r\n\r\nfinal";

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    private static int get(Http2Client client, String path) {
        return client.open(
                Http2Client.END_STREAM,
                ":method GET",
                ":scheme http",
                ":authority " + StreamFiles.HOST,
                ":path " + path);
    }

    private RawResponse wire(String response) {
        return send(Call.get("/wire/close?answer=" + URLEncoder.encode(response, StandardCharsets.ISO_8859_1)));
    }

    private static void assertNothingOfTheUpstream(RawResponse response) {
        for (String name : List.of("set-cookie", "content-encoding", "x-upstream", "etag", "transfer-encoding")) {
            assertFalse(response.has(name), response::toString);
        }
        assertEquals(Integer.toString(response.body().length()), response.one("content-length"));
    }

    @Test
    void headWithABrokenChunkInOneSegmentLeavesNothingInTheErrorsResponse() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\n" + UPSTREAM_FIELDS + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
            RawResponse response = client.read().assertProblem(502, "upstream-invalid-response");
            assertNothingOfTheUpstream(response);
            turn.awaitClosed();
        }
    }

    /** The end may arrive before or after the head has been sent; either result is valid, but none in between. */
    @Test
    void headFollowedByTheEndIsEitherCutOffOrLeavesNothingInTheErrorsResponse() {
        for (int i = 0; i < ROUNDS; i++) {
            String marker = marker();
            try (RawClient client = connect()) {
                client.send(on(Call.post("/hand/" + marker, "")));
                Turn turn = world.hand().take(marker);
                turn.send("HTTP/1.1 200 OK\r\n" + UPSTREAM_FIELDS + "Content-Length: 10000\r\n\r\n");
                if (i % 2 == 0) {
                    turn.reset();
                } else {
                    turn.close();
                }
                RawResponse head = client.readHead();
                if (head.status() == 200) {
                    assertEquals("", client.readToEnd());
                } else {
                    assertNothingOfTheUpstream(client.bodyOf(head).assertProblem(502, "upstream-reset"));
                }
            }
        }
    }

    @Test
    void earlyHintsReachAnHttp2ClientBeforeTheFinalResponse() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = get(client, "/hand/" + marker);
            world.hand().take(marker).send(HINTS + FINAL).done();
            RawResponse both = assertInstanceOf(Outcome.Responded.class, client.await(stream))
                    .response();

            assertEquals(List.of("103", "200"), both.all(":status"));
            assertEquals("</a.css>; rel=preload", both.one("link"));
            assertEquals("1", both.one("x-final"));
            assertEquals("final", both.body());
            both.traceId();
            both.spanId();
            assertNoConnectionFields(both);
        }
    }

    @Test
    void earlyHintsNameNoTraceAndNothingOfTheConnection() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            world.hand().take(marker).send(HINTS + FINAL).done();
            RawResponse hints = client.read();
            assertEquals(103, hints.status());
            assertEquals("</a.css>; rel=preload", hints.one("link"));
            assertFalse(hints.has("x-trace-id") || hints.has("x-span-id"), hints::toString);
            assertNoConnectionFields(hints);

            RawResponse last = client.read();
            last.traceId();
            assertEquals("final", last.body());
            assertFalse(last.has("link"), last::toString);
        }
    }

    private static void assertNoConnectionFields(RawResponse response) {
        for (String name : List.of("connection", "x-hop", "keep-alive", "upgrade")) {
            assertFalse(response.has(name), response::toString);
        }
    }

    @Test
    void trailersNameNoTraceAndNothingOfTheConnection() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            world.hand()
                    .take(marker)
                    .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                            + "X-Sum: 42\r\nX-Trace-Id: forged\r\nX-Span-Id: forged\r\nKeep-Alive: timeout=5\r\n\r\n")
                    .done();
            RawResponse response = client.read();

            response.traceId();
            assertEquals(List.of(Map.entry("X-Sum", "42")), response.trailers());
        }
    }

    @Test
    void responseThatIsCutOffEndsItsHttp2StreamWithAnError() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = get(client, "/hand/" + marker);
            world.hand().take(marker).sendHalf().close();
            assertEquals(new Outcome.Reset(INTERNAL_ERROR), client.await(stream));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456", "2147483647", "7", "0", "600", "999"})
    void statusThatNoResponseCanHaveIs502AndNoLabelOfAMetric(String status) {
        RawResponse response = wire("HTTP/1.1 " + status + " Odd\r\nSet-Cookie: leak=1\r\nContent-Length: 0\r\n\r\n");
        response.assertProblem(502, "upstream-invalid-response");
        assertFalse(response.has("set-cookie"), response::toString);
        world.awaitAccessLogLine(response.traceId());

        String metrics = RestAssured.get("http://127.0.0.1:" + world.managementPort() + "/q/metrics")
                .asString();
        assertTrue(metrics.contains("clew_requests_seconds_count"), metrics);
        metrics.lines()
                .filter(line -> line.startsWith("clew_") && line.contains("status=\""))
                .forEach(line -> assertTrue(line.matches(".*status=\"([1-5]xx|none)\".*"), line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 CARD-%s\r\n\r\n",
                "CARD-%s\r\n\r\n",
                "HTTP/CARD-%s 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: CARD-%s\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nCARD-%s\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: CARD-%s\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nCARD-%s\u0000: x\r\nContent-Length: 0\r\n\r\n",
            })
    void whatCannotBeDecodedIsNotLogged(String upstreamResponse) {
        String marker = marker();
        String secret = "4111" + marker;
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send(upstreamResponse.replace("%s", secret));
            RawResponse response = client.read().assertProblem(502, "upstream-invalid-response");
            turn.awaitClosed();

            String log = world.awaitLogged(response.traceId());
            assertFalse(log.contains(secret), () -> log.substring(Math.max(0, log.indexOf(secret) - 500)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u000b", "\f", "\u007f"})
    void fieldWithACharacterThatNoneCanHaveIs502(String odd) {
        RawResponse response =
                wire("HTTP/1.1 200 OK\r\nSet-Cookie: leak=1\r\nX-Odd: a" + odd + "b\r\nContent-Length: 2\r\n\r\nok");
        assertNothingOfTheUpstream(response.assertProblem(502, "upstream-invalid-response"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u000b", "\f", "\u007f"})
    void trailerWithACharacterThatNoneCanHaveEndsTheResponseUnfinished(String odd) {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
            assertEquals(200, client.readHead().status());
            assertEquals("ok", client.chunk());
            turn.send("0\r\nX-Odd: a" + odd + "b\r\n\r\n");
            assertEquals("", client.readToEnd());
        }
    }
}

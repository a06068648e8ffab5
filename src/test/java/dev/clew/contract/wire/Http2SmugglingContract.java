package dev.clew.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP/2 requests that would become two, or another client's, when written as HTTP/1 (RFC 9113 sections 8.2, 8.3 and
 * 10.3). Each is rejected, nothing similar reaches an upstream, and the next request is served.
 */
@ExtendWith(NeverBlocked.class)
abstract class Http2SmugglingContract extends Contract {

    private static final List<String> SOUND =
            List.of(":method GET", ":scheme http", ":authority acme.test", ":path /any/MARKER");

    private static final String SECOND = " HTTP/1.1\r\nHost: acme.test\r\n\r\nGET /any/MARKER";

    /**
     * A given field replaces the valid one of its name, {@code -name} removes it, others are appended; {@code |}
     * separates.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-:method",
                "-:path",
                "-:scheme",
                "-:authority",
                ":path ",
                ":path x",
                ":path *",
                ":path /any/MARKER x",
                ":path /any/MARKER\u0000",
                ":path /any/MARKER\u007f",
                ":path /any/MARKER#x",
                ":path /any/MARKER\u00e9",
                ":path /any/x" + SECOND,
                ":path //restart.test/any/MARKER\r\nHost: restart.test",
                ":method ",
                ":method G T",
                ":method GET /any/MARKER HTTP/1.1\r\nX-A: b\r\n\r\nGET",
                ":scheme ",
                ":scheme http\r\nx-a: b",
                ":authority ",
                ":authority acme.test\r\nx-a: b",
                ":authority acme.test x",
                ":authority user@acme.test",
                ":authority acme.test/x",
                ":authority acme.test,restart.test",
                ":authority acme.test:http",
                ":authority acme.test\u0000",
                "+:method GET",
                "+:method POST",
                "+:scheme http",
                "+:authority acme.test",
                "+:authority restart.test",
                "+:path /any/MARKER",
                "+:status 200",
                "+:protocol websocket",
                "x-a b|+:path /any/MARKER",
                "host restart.test",
                "host acme.test|host acme.test",
                "host ",
                "host restart.test\r\nx-a: b",
                "-:authority|host acme.test, restart.test",
                " b",
                "x-a\tb 1",
                "x-a: b",
                "x:a b",
                "x-a\r\nb 1",
                "X-A b",
                "hOst restart.test",
                "x-\u00e9 1",
                "x(a) 1",
                "x-a  b",
                "x-a b ",
                "x-a \tb",
                "x-a b\t",
                "x-a b\rc",
                "x-a b\nc",
                "x-a b\r\n\r\nGET /any/MARKER HTTP/1.1",
                "te gzip",
                "te trailers, gzip",
                "transfer-encoding chunked",
                "transfer-encoding identity",
                "connection close",
                "connection x-a",
                "connection ",
                "upgrade h2c",
                "http2-settings AAMAAABkAAQAAP__|connection http2-settings",
                "content-length 5",
                "content-length +0",
                "content-length 0|content-length 5",
                "content-length ",
                "content-length 99999999999999999999",
            })
    void neverReachesAnUpstream(String change) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            Outcome outcome = client.await(client.open(Http2Client.END_STREAM, changed(change, marker)));
            assertRejected(outcome);
            if (!(outcome instanceof Outcome.Gone)) {
                Outcome next = client.await(client.get("/orders/1"));
                assertEquals(
                        200,
                        assertInstanceOf(Outcome.Responded.class, next)
                                .response()
                                .status());
            }
        }
        send(Call.get("/any/fence")).echoed();
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker)));
    }

    @Test
    void rejectsSeveralHostsWithoutAnAuthority() {
        try (Http2Client client = new Http2Client(port())) {
            String[] lines = changed("-:authority|host acme.test|host restart.test", marker());
            Outcome outcome = client.await(client.open(Http2Client.END_STREAM, lines));
            assertInstanceOf(Outcome.Responded.class, outcome).response().assertProblem(400, "malformed-host");
        }
    }

    /** RFC 9113 section 8.1.1: a malformed request gets a response or a reset; a response has a trace. */
    private static void assertRejected(Outcome outcome) {
        if (outcome instanceof Outcome.Responded responded) {
            RawResponse response = responded.response();
            assertEquals(400, response.status(), response::toString);
            String code = new JsonObject(response.body()).getString("code");
            assertTrue(code.equals("malformed-request") || code.equals("malformed-host"), code);
            response.traceId();
        } else if (outcome instanceof Outcome.Reset reset) {
            assertEquals(1, reset.errorCode(), "PROTOCOL_ERROR");
        }
    }

    private static String[] changed(String change, String marker) {
        List<String> lines = new ArrayList<>(SOUND);
        for (String part : change.split("\\|", -1)) {
            if (part.startsWith("-:")) {
                lines.removeIf(line -> line.startsWith(part.substring(1) + " "));
            } else if (part.startsWith(":")) {
                String name = part.substring(0, part.indexOf(' ') + 1);
                lines.replaceAll(line -> line.startsWith(name) ? part : line);
            } else {
                lines.add(part.startsWith("+") ? part.substring(1) : part);
            }
        }
        lines.replaceAll(line -> line.replace("MARKER", marker));
        return lines.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":path /any/smuggled",
                ":method GET",
                "connection close",
                "transfer-encoding chunked",
                "X-Upper 1",
            })
    void malformedTrailersEndTheUpstreamRequest(String line) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            sendWithTrailer(client, marker, line);
            assertRejected(client.await(1));
        }
        send(Call.get("/any/fence")).echoed();
        assertEquals(List.of(), world.echo().completed(marker));
    }

    /** The gateway forwards no request trailers, so their content is harmless. */
    @ParameterizedTest
    @ValueSource(strings = {"x-crlf a\r\nx-smuggled: b", "content-length 5", "x-smuggled b"})
    void trailersReachNoUpstream(String line) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            sendWithTrailer(client, marker, line);
            Seen seen = assertInstanceOf(Outcome.Responded.class, client.await(1))
                    .response()
                    .echoed();
            assertEquals("hello", seen.body());
            assertFalse(seen.names().contains("x-smuggled"), seen::toString);
            assertFalse(seen.names().contains("content-length"), seen::toString);
        }
    }

    private static void sendWithTrailer(Http2Client client, String marker, String line) {
        int stream = client.open(0, ":method POST", ":scheme http", ":authority acme.test", ":path /any/" + marker);
        client.data(stream, 0, "hello");
        client.trailers(stream, Http2Client.END_STREAM, line);
    }
}

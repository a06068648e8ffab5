package dev.clew.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts of HTTP/1.1 for HTTP/2 clients (RFC 9113), whose requests go upstream as HTTP/1.1. */
@ExtendWith(NeverBlocked.class)
abstract class Http2Contract extends Contract {

    private static final int STREAMS = 50;
    private static final String[] POST = {":method POST", ":scheme http", ":authority acme.test", ":path /any/x"};

    @Test
    void passesARequestOnAsHttp11() {
        try (Http2Client client = new Http2Client(port())) {
            RawResponse response = responseOf(client, client.get("/any/x?q=1", "x-a 1", "cookie a=1", "cookie b=2"));
            Seen seen = response.echoed();

            assertEquals("/x?q=1", seen.uri());
            assertEquals("acme.test", seen.one("host"));
            assertEquals("1", seen.one("x-a"));
            assertEquals("2.0 clew", seen.one("via"));
            // RFC 9113 section 8.2.3: crumbs are one field again for HTTP/1.1.
            assertEquals("a=1; b=2", seen.one("cookie"));
            assertFalse(seen.names().stream().anyMatch(name -> name.startsWith(":")), seen::toString);
            assertEquals("2", trace(response.traceId()).server().attribute("network.protocol.version"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404, unknown-route",
        "/a/%2f, 400, malformed-path",
        "/refused, 502, upstream-unreachable",
        "/quick/never, 504, response-timeout",
    })
    void namesTheTraceOnErrorsAndKeepsTheConnection(String path, int status, String code) {
        try (Http2Client client = new Http2Client(port())) {
            RawResponse response = responseOf(client, client.get(path)).assertProblem(status, code);

            assertFalse(response.has("connection"), response::toString);
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
    }

    /** Many streams are used, so that some frames arrive in one read with the head. */
    @Test
    void anEmptyPieceOfABodyIsNoFault() throws IOException {
        try (Http2Client client = new Http2Client(port())) {
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                int stream = client.open(0, POST);
                client.data(stream, 0, "");
                streams.add(stream);
            }
            for (int stream : streams) {
                client.data(stream, Http2Client.END_STREAM, "x");
                assertEquals("x", responseOf(client, stream).echoed().body());
            }
        }
        assertFalse(Files.readString(world.log(), StandardCharsets.ISO_8859_1).contains("Uncaught exception"));
    }

    /** RFC 9113 section 3.4. */
    @Test
    void closesAConnectionThatSpeaksNoHttp() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.getOutputStream().write("INVALID CONNECTION PREFACE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void preservesAValidInboundTraceId() {
        String traceId = Trace.random();
        try (Http2Client client = new Http2Client(port())) {
            RawResponse response =
                    responseOf(client, client.get("/nothing", "traceparent 00-" + traceId + "-00f067aa0ba902b7-01"));

            assertEquals(traceId, response.traceId());
            assertEquals(response.spanId(), Trace.spanId(trace(traceId).server()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody.test", "a..b"})
    void rejectsOtherAuthoritiesWithATrace(String authority) {
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    Http2Client.END_STREAM, ":method GET", ":scheme http", ":authority " + authority, ":path /whoami");
            RawResponse response = responseOf(client, stream);
            response.assertProblem(
                    authority.equals("a..b") ? 400 : 404, authority.equals("a..b") ? "malformed-host" : "unknown-host");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection keep-alive",
                "transfer-encoding chunked",
                "keep-alive timeout=5",
                "proxy-connection close",
                "upgrade websocket",
                "te gzip",
                "X-Upper 1",
                "x\u0000y 1",
                "x-nul a\u0000b",
                "x-crlf a\r\nb: c",
                ":unknown 1",
                ":path /again",
                "content-length 5",
                "content-length -1",
            })
    void malformedFieldsNeverReachAnUpstream(String line) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            assertRejected(client.await(client.get("/any/" + marker, line)));
        }
        assertNeverReached(marker);
    }

    /** RFC 9113 section 8.1.1: other streams continue, and later frames of the body are no error. */
    @Test
    void aMalformedHeadWithABodyEndsNothingButItsStream() {
        try (Http2Client client = new Http2Client(port())) {
            int other = client.open(0, POST);
            client.data(other, 0, "hel");
            int malformed = client.open(0, POST[0], POST[1], POST[2], POST[3], "X-Upper 1");
            client.data(malformed, 0, "x");
            responseOf(client, malformed).assertProblem(400, "malformed-request");
            client.data(malformed, Http2Client.END_STREAM, "x");
            client.data(other, Http2Client.END_STREAM, "lo");

            assertEquals("hello", responseOf(client, other).echoed().body());
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "10"})
    void aLengthThatIsNotTheBodysEndsTheStreamAndTheUpstreamRequest(String length) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(0, POST[0], POST[1], POST[2], ":path /any/" + marker, "content-length " + length);
            client.data(stream, Http2Client.END_STREAM, "hello");
            assertRejected(client.await(stream));
        }
        // The head may have been sent upstream by then; a complete request may not.
        send(Call.get("/any/fence")).echoed();
        assertEquals(List.of(), world.echo().completed(marker));
    }

    @Test
    void streamsABodyOfUndeclaredLength() {
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(0, POST);
            client.data(stream, 0, "hel");
            client.data(stream, Http2Client.END_STREAM, "lo");
            Seen seen = responseOf(client, stream).echoed();

            assertEquals("hello", seen.body());
            assertEquals("chunked", seen.one("transfer-encoding"));
        }
    }

    private static RawResponse responseOf(Http2Client client, int stream) {
        return assertInstanceOf(Outcome.Responded.class, client.await(stream)).response();
    }

    /** RFC 9113 section 8.1.1: a malformed request gets a response or a reset; a response has a trace. */
    private static void assertRejected(Outcome outcome) {
        if (outcome instanceof Outcome.Responded responded) {
            responded.response().assertProblem(400, "malformed-request");
        } else if (outcome instanceof Outcome.Reset reset) {
            assertEquals(1, reset.errorCode(), "PROTOCOL_ERROR");
        }
    }

    private void assertNeverReached(String marker) {
        send(Call.get("/any/fence")).echoed();
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker)));
    }
}

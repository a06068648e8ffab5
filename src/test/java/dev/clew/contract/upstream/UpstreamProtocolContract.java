package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Replica;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.FleetFiles;
import dev.clew.testing.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocols of upstream connections. */
abstract class UpstreamProtocolContract extends FleetContract {

    @ParameterizedTest
    @CsvSource({
        "/h2c/x, HTTP_2, none",
        "/h2/x, HTTP_2, upstream.test",
        "/https/x, HTTP_1_1, upstream.test",
        "/insecure/x, HTTP_1_1, none"
    })
    void protocolAndServerNameAreThoseOfTheSettings(String path, String protocol, String serverName) {
        RawResponse response = send(get(path));
        assertEquals(200, response.status(), response::toString);
        assertEquals(protocol, response.one("x-protocol"));
        assertEquals(serverName, response.one("x-server-name"));
        assertEquals(FleetFiles.HOST, response.one("x-authority").replaceAll(":(80|443)$", ""));
        assertEquals(
                protocol.equals("HTTP_2") ? "2" : "1.1",
                trace(response.traceId()).client().attribute("network.protocol.version"));
    }

    @ParameterizedTest
    @CsvSource({"/untrusted/x", "/misnamed/x", "/nobody/x"})
    void upstreamThatIsNotTheOneMeantIsNotSpokenTo(String path) {
        RawResponse response = send(get(path));
        assertEquals(502, response.status(), response::toString);
        assertTrue(response.body().contains("\"upstream-"), response::body);
    }

    @Test
    void certificateIsShownToWhoAsksForOne() {
        assertEquals("strict", served("/known/x"));
    }

    @Test
    void bodiesPassOverHttp2() {
        RawResponse response = send(Call.post("/h2c/x", "x".repeat(100_000)).host(FleetFiles.HOST));
        assertEquals(200, response.status(), response::toString);
        assertEquals("127.0.0.21", response.body());
    }

    @Test
    void trailersOfAnHttp2UpstreamPass() {
        assertEquals(
                List.of(Map.entry("x-checksum", "42")),
                send(get("/h2c/trailers")).trailers());
    }

    @Test
    void requestsShareAnHttp2Connection() {
        assertEquals(1, connectionsForTwo("/h2c/hold", fleet.replica(0)));
    }

    @Test
    void connectionCarriesNoMoreStreamsThanItMay() {
        assertEquals(2, connectionsForTwo("/one-stream/hold", fleet.replica(1)));
    }

    /** Counts the connections that serve two concurrent requests of one event loop. */
    private int connectionsForTwo(String path, Replica replica) {
        try (Http2Client client = new Http2Client(port())) {
            open(client, path);
            open(client, path);
            Await.until("both requests", () -> replica.count(path) == 2);
            int opened = replica.connections(path);
            replica.release();
            replica.release();
            return opened;
        }
    }

    private static void open(Http2Client client, String path) {
        client.open(
                Http2Client.END_STREAM,
                ":method GET",
                ":scheme http",
                ":authority " + FleetFiles.HOST,
                ":path " + path);
    }

    @Test
    void http2FieldsThatHttp11CannotCarryAre502AndSuchTrailersEndTheResponseUnfinished() {
        String line = "a\r\nset-cookie: forged=1";
        try (RawClient client = connect()) {
            client.send(get("/h2c-hand/x"));
            ResponseFrames upstream = new ResponseFrames(world.hand().take("PRI * HTTP/2.0"));
            for (String value : List.of(line, "a\nb", "a\0b", "a\fb")) {
                upstream.awaitRequest();
                upstream.head(ResponseFrames.field("set-cookie", "leak=1") + ResponseFrames.field("x-odd", value));
                upstream.end("ok");
                RawResponse response = client.read().assertProblem(502, "upstream-invalid-response");
                assertFalse(response.has("set-cookie"), response::toString);
                client.send(get("/h2c-hand/x"));
            }
            upstream.awaitRequest();
            upstream.head("");
            assertEquals(200, client.readHead().status());
            upstream.trailers(ResponseFrames.field("x-odd", line));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void http2ResponseOfTooManyFieldsIs502() {
        String via = "\u00bc"; // an empty field of the static table (RFC 7541 appendix A)
        try (RawClient client = connect()) {
            client.send(get("/h2c-many/x"));
            ResponseFrames upstream = new ResponseFrames(world.hand().take("PRI * HTTP/2.0"));
            upstream.awaitRequest();
            upstream.interim("103", "");
            upstream.interim("102", "");
            upstream.head(via.repeat(100));
            upstream.end("ok");
            assertEquals(103, client.readHead().status());
            assertEquals("ok", client.read().body());

            client.send(get("/h2c-many/x"));
            upstream.awaitRequest();
            upstream.head(via.repeat(101));
            client.read().assertProblem(502, "upstream-invalid-response");

            client.send(get("/h2c-many/x"));
            upstream.awaitRequest();
            upstream.interim("103", via.repeat(101));
            client.read().assertProblem(502, "upstream-invalid-response");

            client.send(get("/h2c-many/x"));
            upstream.awaitRequest();
            upstream.head("");
            assertEquals(200, client.readHead().status());
            upstream.trailers(via.repeat(101));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void http2ConnectionThatIsSilentIsReplacedAndGivenUp() {
        try (RawClient client = connect()) {
            client.send(get("/h2c-silent/x"));
            Turn silent = world.hand().take("PRI * HTTP/2.0");
            new ResponseFrames(silent).awaitRequest();
            client.read().assertProblem(504, "response-timeout");

            client.send(get("/h2c-silent/x"));
            ResponseFrames another = new ResponseFrames(world.hand().take("PRI * HTTP/2.0"));
            another.awaitRequest();
            another.head("");
            another.end("ok");
            assertEquals("ok", client.read().body());
            silent.awaitClosed();
        }
    }

    @Test
    void http2ConnectionOnWhichTheServerNeverSpeaksIsReplacedAndGivenUp() {
        try (RawClient client = connect()) {
            client.send(get("/h2c-mute/x"));
            Turn mute = world.hand().take("PRI * HTTP/2.0");
            client.read().assertProblem(504, "connect-timeout");

            client.send(get("/h2c-mute/x"));
            ResponseFrames another = new ResponseFrames(world.hand().take("PRI * HTTP/2.0"));
            another.awaitRequest();
            another.head("");
            another.end("ok");
            assertEquals("ok", client.read().body());
            mute.awaitClosed();
        }
    }
}

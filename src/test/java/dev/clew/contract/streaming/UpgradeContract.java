package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Pump;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that switch to another protocol (RFC 9110 section 7.8), such as WebSocket (RFC 6455). */
@ExtendWith(NeverBlocked.class)
abstract class UpgradeContract extends Contract {

    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n";
    private static final int SMALL_BUFFER = 64 * 1024;
    private static final long LARGE = 64L << 20;

    @AfterEach
    void nothingIsLeftActive() {
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    private static Call upgrade(String path) {
        return Call.get(path)
                .host(StreamFiles.HOST)
                .line("Connection: keep-alive, Upgrade")
                .line("Upgrade: chat");
    }

    /** An established tunnel. */
    private record Piped(RawClient client, Turn turn, RawResponse head) {}

    private Piped open(RawClient client, String route) {
        String marker = marker();
        client.send(upgrade("/" + route + "/" + marker));
        Turn turn = world.hand().take(marker);
        turn.send(AGREED);
        return new Piped(client, turn, client.readHead());
    }

    private static String read(InputStream in, int length) {
        try {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void bytesPassBothWaysUntilTheClientLeaves() {
        String traceId;
        try (RawClient client = connect()) {
            Piped piped = open(client, "hand");
            traceId = piped.head().traceId();
            assertEquals(101, piped.head().status());
            assertEquals("chat", piped.head().one("upgrade"));
            assertEquals("upgrade", piped.head().one("connection").toLowerCase(Locale.ROOT));
            String asked = piped.turn().head().toLowerCase(Locale.ROOT);
            assertTrue(asked.contains("\r\nconnection: upgrade\r\n"), asked);
            assertTrue(asked.contains("\r\nupgrade: chat\r\n"), asked);
            for (int i = 0; i < 3; i++) {
                client.send("GET /" + i + " HTTP/1.1\r\n\r\n");
                assertEquals("GET /" + i + " HTTP/1.1\r\n\r\n", piped.turn().read(19));
                piped.turn().send("\0answer " + i);
                assertEquals("\0answer " + i, read(client.in(), 9));
            }
            client.close();
            piped.turn().awaitClosed();
        }
        Trace trace = trace(traceId);
        assertEquals("101", trace.server().attribute("http.response.status_code"));
        assertEquals("101", trace.client().attribute("http.response.status_code"));
        assertEquals(null, trace.server().attribute("error.type"));
        assertEquals(null, trace.client().attribute("error.type"));
        JsonObject line = world.awaitAccessLogLine(traceId);
        assertEquals(101, line.getInteger("status"));
        assertEquals(57, line.getInteger("request_bytes"));
        assertEquals(27, line.getInteger("response_bytes"));
        assertFalse(line.containsKey("error"), line::encode);
    }

    @Test
    void upstreamThatLeavesEndsTheClientsConnectionBehindItsLastWord() {
        try (RawClient client = connect()) {
            Piped piped = open(client, "hand");
            piped.turn().send("last word").close();
            assertEquals("last word", client.readToEnd());
        }
    }

    @Test
    void spansLastAsLongAsTheConnections() {
        try (RawClient client = connect()) {
            Piped piped = open(client, "hand");
            String traceId = piped.head().traceId();
            send(Call.get("/orders/fence"));
            assertTrue(world.accessLogLines().stream().noneMatch(line -> line.contains(traceId)));
            assertTrue(new Metrics(world.managementPort()).sum("clew_requests_active") >= 1);
            piped.turn().close();
            Trace trace = trace(traceId);
            assertTrue(trace.client().span().getEndTimeUnixNano()
                    <= trace.server().span().getEndTimeUnixNano());
        }
    }

    @Test
    void bytesSentBeforeTheResponseBelongToTheNewProtocol() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upgrade("/hand/" + marker).wire() + "GET /any/smuggled HTTP/1.1\r\nHost: stream.test\r\n\r\n");
            Turn turn = world.hand().take(marker);
            send(Call.get("/orders/fence"));
            turn.send(AGREED);
            assertEquals(101, client.readHead().status());
            assertEquals("GET /any/smuggled", turn.read(17));
            turn.close();
            assertEquals("", client.readToEnd());
        }
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains("smuggled")));
    }

    @Test
    void responseAndFirstBytesMayComeTogether() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upgrade("/hand/" + marker));
            Turn turn = world.hand().take(marker).send(AGREED + "hello");
            assertEquals(101, client.readHead().status());
            assertEquals("hello", read(client.in(), 5));
            client.send("hi");
            assertEquals("hi", turn.read(2));
            turn.close();
        }
    }

    @Test
    void rejectedUpgradeLeavesTheConnectionToHttp() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upgrade("/hand/" + marker));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
            RawResponse rejected = client.read();
            assertEquals(403, rejected.status());
            assertEquals("no", rejected.body());
            turn.awaitClosed();
            client.send(Call.get("/any/next").host(StreamFiles.HOST));
            assertEquals("/next", client.read().echoed().uri());
            Piped piped = open(client, "hand");
            assertEquals(101, piped.head().status());
            piped.turn().close();
        }
    }

    @ParameterizedTest
    @CsvSource({"Upgrade: other", "Upgrade:", "X-Upgrade: chat"})
    void upstreamThatSwitchesToSomethingElseIsRejected(String line) {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upgrade("/hand/" + marker));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + line + "\r\n\r\n");
            client.read().assertProblem(502, "upstream-invalid-response");
            turn.awaitClosed();
            client.send(Call.get("/any/next").host(StreamFiles.HOST));
            assertEquals("/next", client.read().echoed().uri());
        }
    }

    @Test
    void unsolicitedSwitchIsRejected() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/hand/" + marker).host(StreamFiles.HOST));
            Turn turn = world.hand().take(marker);
            turn.send(AGREED);
            client.read().assertProblem(502, "upstream-invalid-response");
            turn.awaitClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET|Upgrade: chat",
                "GET|Connection: upgrade",
                "GET|Connection: x-upgrade|Upgrade: chat",
                "GET|Connection: upgrade|Upgrade: chat, other",
                "GET|Connection: upgrade|Upgrade: chat|Upgrade: other",
                "GET|Connection: upgrade|Upgrade: h2c",
                "GET|Connection: upgrade|Upgrade: chat|Content-Length: 2",
                "DELETE|Connection: upgrade|Upgrade: chat",
            })
    void whatIsNoUpgradeGoesOnWithout(String request) {
        String[] parts = request.split("\\|", -1);
        Call call = Call.of(parts[0], "/any/x").host(StreamFiles.HOST);
        for (int i = 1; i < parts.length; i++) {
            call = call.line(parts[i]);
        }
        try (RawClient client = connect()) {
            client.send(call.wire() + (request.contains("Content-Length") ? "hi" : ""));
            Seen seen = client.read().echoed();
            assertFalse(seen.names().contains("upgrade"), seen::toString);
        }
    }

    @Test
    void silenceEndsBothConnections() {
        try (RawClient client = connect()) {
            Piped piped = open(client, "hasty");
            assertEquals("", client.readToEnd());
            piped.turn().awaitClosed();
            Trace trace = trace(piped.head().traceId());
            assertEquals("101", trace.server().attribute("http.response.status_code"));
            assertEquals("idle-timeout", trace.server().attribute("error.type"));
            assertEquals("idle-timeout", trace.client().attribute("error.type"));
        }
    }

    @Test
    void resetOfOneSideEndsTheOther() {
        RawClient gone = connect();
        Piped first = open(gone, "hand");
        gone.abort();
        first.turn().awaitClosed();
        try (RawClient client = connect()) {
            Piped second = open(client, "hand");
            second.turn().reset();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void placeAtTheUpstreamIsHeldForTheLifeOfTheConnection() {
        try (RawClient client = connect();
                RawClient other = connect()) {
            Piped piped = open(client, "one");
            other.send(Call.get("/one/" + marker()).host(StreamFiles.HOST));
            other.read().assertProblem(503, "upstream-busy");
            piped.turn().close();
            assertEquals("", client.readToEnd());
            String marker = marker();
            other.send(Call.get("/one/" + marker).host(StreamFiles.HOST));
            world.hand().respond(marker, "free");
            assertEquals("free", other.read().body());
        }
    }

    @Test
    void readerThatStopsHoldsBackTheWriterOnEitherSide() throws IOException {
        try (RawClient client = new RawClient(STRANGER, port(), SMALL_BUFFER)) {
            Piped piped = open(client, "hand");
            checkHeldBack(Pump.write(piped.turn().out(), LARGE), client.in());
            checkHeldBack(Pump.write(client.out(), LARGE), piped.turn().in());
            piped.turn().close();
        }
    }

    private void checkHeldBack(Pump writer, InputStream reader) {
        long written = writer.awaitStuck(
                () -> send(Call.get("/any/fence").host(StreamFiles.HOST)).echoed());
        assertTrue(written < LARGE / 2, () -> "could write " + written + " bytes without a reader");
        Pump.read(reader, LARGE).awaitFinished();
        writer.awaitFinished();
    }

    @Test
    void webSocketsSpeakThroughTheGateway() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            WebSocketConnectOptions options = new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(port())
                    .setURI("/any/websocket/x")
                    .putHeader("Host", StreamFiles.HOST);
            CompletableFuture<String> response = new CompletableFuture<>();
            vertx.createWebSocketClient()
                    .connect(options)
                    .onFailure(response::completeExceptionally)
                    .onSuccess(socket -> {
                        socket.textMessageHandler(text -> {
                            response.complete(text);
                            socket.close();
                        });
                        socket.writeTextMessage("hello");
                    });
            assertEquals("hello", response.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}

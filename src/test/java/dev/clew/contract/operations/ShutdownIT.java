package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.StreamFiles;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged gateway, stopped while it works. */
class ShutdownIT {

    /** The exit status after SIGTERM (128 + 15) with requests in flight. */
    private static final int CUT_OFF = 143;

    private OwnWorld world;

    @BeforeEach
    void startWorld() throws IOException {
        world = OwnWorld.start();
    }

    @AfterEach
    void closeWorld() throws IOException {
        world.close();
    }

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    @Test
    void finishesWhatItStreamsAndTakesRequestsMeanwhile() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), world.exporting());
                RawClient meanwhile = gateway.connect();
                RawClient client = gateway.connect()) {
            assertEquals(200, gateway.metrics().readiness());
            assertEquals(200, meanwhile.send(on(Call.get("/any/early"))).read().status());
            client.send(on(Call.get("/hand/stream")));
            Turn turn = world.hand().take("/hand/stream");
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            RawResponse head = client.readHead();
            assertEquals("half", client.chunk());

            gateway.terminate();
            Await.until("readiness 503", () -> gateway.metrics().readiness() == 503);
            String late = meanwhile.send(on(Call.get("/any/late"))).read().traceId();
            turn.send("4\r\nrest\r\n0\r\n\r\n").done();
            assertEquals("rest", client.chunk());
            assertEquals("", client.chunk());

            assertExit(0, gateway);
            assertSpansOf(head.traceId());
            assertSpansOf(late);
            assertNoThreadBlocked(gateway);
        }
    }

    @Test
    void connectionsEndWithTheirNextResponse() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), world.exporting());
                RawClient pending = gateway.connect();
                RawClient kept = gateway.connect()) {
            pending.send(on(Call.get("/hand/pending")));
            Turn turn = world.hand().take("/hand/pending");
            assertFalse(kept.send(on(Call.get("/any/before"))).read().has("connection"));

            gateway.terminate();
            RawResponse last = Await.notNull("last response", () -> {
                RawResponse response = kept.send(on(Call.get("/any/after"))).read();
                return response.has("connection") ? response : null;
            });
            assertEquals("close", last.one("connection"));
            assertEquals("/after", last.echoed().uri());
            assertEquals("", kept.readToEnd());

            turn.respond("ok");
            assertEquals("ok", pending.read().body());
            assertExit(0, gateway);
        }
    }

    /** New connections are refused, so that they cannot delay the end. */
    @Test
    void theListenerClosesAfterTheDelayWhileARequestGoesOn() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), world.exporting());
                RawClient pending = gateway.connect()) {
            pending.send(on(Call.get("/hand/pending")));
            Turn turn = world.hand().take("/hand/pending");
            gateway.terminate();
            Await.until("end of listening", () -> {
                try (RawClient late = gateway.connect()) {
                    late.send(on(Call.get("/any/late"))).read();
                    return false;
                } catch (UncheckedIOException refused) {
                    return refused.getCause() instanceof ConnectException;
                }
            });
            assertEquals(503, gateway.metrics().readiness());
            turn.respond("ok");
            assertEquals("ok", pending.read().body());
            assertExit(0, gateway);
        }
    }

    private void assertSpansOf(String traceId) {
        long spans = world.otlp().spans().stream()
                .filter(span -> Trace.traceId(span).equals(traceId))
                .count();
        assertEquals(2, spans, "SERVER and CLIENT span of " + traceId);
    }

    @Test
    void cutsOffWhatIsNotFinishedWithinTheBound() throws Exception {
        Map<String, String> environment = new HashMap<>(world.exporting());
        environment.put("CLEW_SHUTDOWN_REQUESTS", "1s");
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment);
                RawClient client = gateway.connect()) {
            client.send(on(Call.get("/hand/endless")));
            Turn turn = world.hand().take("/hand/endless");
            gateway.terminate();
            assertEquals("", client.readToEnd());
            turn.awaitClosed();
            assertExit(CUT_OFF, gateway);
        }
    }

    @Test
    void anEventStreamGoesOnWithinTheBoundAndIsThenCutOff() throws Exception {
        Map<String, String> environment = new HashMap<>(world.exporting());
        environment.put("CLEW_SHUTDOWN_REQUESTS", "3s");
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment);
                RawClient client = gateway.connect()) {
            client.send(on(Call.get("/hand/events")));
            Turn turn = world.hand().take("/hand/events");
            turn.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            RawResponse head = client.readHead();
            gateway.terminate();
            Await.until("readiness 503", () -> gateway.metrics().readiness() == 503);
            turn.send("9\r\ndata: 1\n\n\r\n");
            assertEquals("data: 1\n\n", client.chunk());
            // The last chunk is missing, so the client notices and can retry.
            assertEquals("", client.readToEnd());
            turn.awaitClosed();
            assertExit(CUT_OFF, gateway);
            assertSpansOf(head.traceId());
        }
    }

    /** Sends a request whose mirrored request gets no response. */
    private Turn copyUnderWay(GatewayProcess gateway) {
        assertEquals(200, gateway.send(Call.get("/copied").host("copied.test")).status());
        return world.hand().take("/copied");
    }

    private void writeMirror() throws IOException {
        String tenant =
                """
                hosts: [copied.test]
                upstreams:
                  echo: {endpoints: ["http://127.0.0.1:ECHO"]}
                  hand: {endpoints: ["http://127.0.0.1:HAND"]}
                routes: [{name: copied, match: {path: /copied}, upstream: echo, mirror: {upstream: hand}}]
                """;
        Files.writeString(
                world.folder().resolve("tenants/copied.yaml"),
                tenant.replace("ECHO", Integer.toString(world.echo().port()))
                        .replace("HAND", Integer.toString(world.hand().port())));
    }

    @Test
    void waitsForCopiesOfRequestsAndSendsTheirSpans() throws Exception {
        writeMirror();
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), world.exporting())) {
            Turn turn = copyUnderWay(gateway);
            gateway.terminate();
            Await.until("readiness 503", () -> gateway.metrics().readiness() == 503);
            turn.send("HTTP/1.1 204 No Content\r\n\r\n").done();

            assertExit(0, gateway);
            assertTrue(world.otlp().spans().stream()
                    .anyMatch(span -> Trace.spanId(span).equals(turn.parentSpanId())));
        }
    }

    @Test
    void aMirrorThatDoesNotRespondDelaysTheEndNoLongerThanTheBoundOfRequests() throws Exception {
        writeMirror();
        Map<String, String> environment = new HashMap<>(world.exporting());
        environment.put("CLEW_SHUTDOWN_REQUESTS", "500ms");
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
            Turn turn = copyUnderWay(gateway);
            gateway.terminate();
            turn.awaitClosed();
            assertExit(0, gateway);
        }
    }

    @Test
    void tunnelThatOutlivesTheBoundEndsOnBothSides() throws Exception {
        Map<String, String> environment = new HashMap<>(world.exporting());
        environment.put("CLEW_SHUTDOWN_REQUESTS", "1s");
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment);
                RawClient client = gateway.connect()) {
            client.send(on(Call.get("/hand/tunnel").line("Connection: Upgrade").line("Upgrade: chat")));
            Turn turn = world.hand().take("/hand/tunnel");
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\nhello");
            assertEquals(101, client.readHead().status());
            gateway.terminate();
            assertEquals("hello", client.readToEnd());
            turn.awaitClosed();
            assertExit(CUT_OFF, gateway);
        }
    }

    @Test
    void backendThatHangsDelaysTheEndNoLongerThanItsBound() throws Exception {
        world.otlp().behave(OtlpServer.Behaviour.HANG);
        Map<String, String> environment = new HashMap<>(world.exporting());
        // These timeouts are so long that only the gateway's own bound can end the wait.
        environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "3600000");
        environment.put("OTEL_BSP_EXPORT_TIMEOUT", "3600000");
        environment.put("CLEW_SHUTDOWN_EXPORT", "500ms");
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
            gateway.send(on(Call.get("/any/x"))).echoed();
            world.otlp().awaitRequests(1);
            gateway.terminate();
            assertExit(0, gateway);
        }
    }

    private static void assertExit(int status, GatewayProcess gateway) throws InterruptedException {
        assertEquals(status, gateway.awaitExit(), () -> String.join("\n", gateway.output()));
    }

    private static void assertNoThreadBlocked(GatewayProcess gateway) {
        assertTrue(
                gateway.output().stream().noneMatch(line -> line.contains("BlockedThreadChecker")),
                () -> gateway.output().toString());
    }
}

package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Destination.State;
import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.report.TelemetryPage;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.QueueSettings;
import dev.clew.export.settings.Signal;
import dev.clew.testing.LogLines;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination's state, on its page and in the log. */
class DestinationStateTest {

    private static final List<String> A = List.of("a");

    private final LogLines log = new LogLines(Destination.class);

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static Destination<QueuedSpan> slow(BlockingQueue<CompletableResultCode> calls, long maxBytes) {
        QueueSettings queue = new QueueSettings(20, maxBytes, 10, Duration.ofMillis(10), Duration.ofSeconds(30));
        return new Destination<>(
                new ExportCounters(Signal.TRACES, "slow"),
                new DestinationSettings(Signal.TRACES, "slow", null, queue),
                Backend.ofSpans(
                        new ScriptedExporter(() -> {
                            CompletableResultCode result = new CompletableResultCode();
                            calls.add(result);
                            return result;
                        }),
                        new AtomicLong()));
    }

    private static CompletableResultCode call(BlockingQueue<CompletableResultCode> calls) {
        try {
            CompletableResultCode call = calls.poll(30, TimeUnit.SECONDS);
            assertTrue(call != null, "no export");
            return call;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysOnceThatSpansAreDroppedAtTheQueueUntilThatIsOver() {
        BlockingQueue<CompletableResultCode> calls = new LinkedBlockingQueue<>();
        Destination<QueuedSpan> destination = slow(calls, 1 << 20);
        assertEquals(State.IDLE, destination.state());
        destination.offer(Spans.of("acme", 1));
        CompletableResultCode first = call(calls);
        assertEquals(State.TRYING, destination.state());
        for (int n = 2; n <= 100; n++) {
            destination.offer(Spans.of("acme", n));
        }
        assertEquals(State.DROPPING, destination.state(), "while the export is still under way");
        assertEquals(List.of(), log.with("dropped at the queue"));
        first.succeed();
        long dropped = destination.counts().dropped();
        String line = log.await("dropped at the queue");
        assertTrue(line.startsWith("WARN"), line);
        assertTrue(line.contains("slow") && line.contains(dropped + " spans (tenant-share)"), line);
        assertTrue(line.contains("the backend is too slow, or the queue too small"), line);
        CompletableResultCode second = call(calls);
        for (int n = 101; n <= 200; n++) {
            destination.offer(Spans.of("acme", n));
        }
        second.succeed();
        for (int sent = 0; destination.counts().queued().items() > 0; sent++) {
            call(calls).succeed();
            assertTrue(sent < 10);
            Counts.await(destination, counts -> counts.queued().items() == 0 || !calls.isEmpty());
        }
        log.await("the queue has room again");
        assertEquals(State.OK, destination.state());
        assertEquals(1, log.with("dropped at the queue").size());
        destination.close(DropReason.SHUTDOWN, Duration.ofSeconds(5));
    }

    @Test
    void saysThatASpanIsLargerThanTheQueue() {
        Destination<QueuedSpan> destination = slow(new LinkedBlockingQueue<>(), 1);
        destination.offer(Spans.of("acme", 1));
        String line = log.await("dropped at the queue");
        assertTrue(line.contains("1 spans (too-large)") && line.contains("queue.bytes"), line);
        destination.close(DropReason.SHUTDOWN, Duration.ofSeconds(5));
    }

    @Test
    void anotherAddressBeginsAnew(@TempDir Path root) {
        try (OtlpServer rejecting = OtlpServer.start();
                OtlpServer working = OtlpServer.start()) {
            rejecting.behave(Behaviour.BAD_REQUEST);
            GatewayFolder folder = new GatewayFolder(root)
                    .write("destinations:\n" + GatewayFolder.destination("a", rejecting.endpoint()));
            Exports exports = new Exports(folder.read());
            Destination<?> destination = exports.destinations().get(0);
            exports.to(A).offer(Spans.of("acme", 1));
            exports.to(A).offer(Spans.of("acme", 2));
            Counts.await(destination, counts -> counts.dropped() == 2);
            assertEquals(State.FAILING, destination.state());
            assertEquals("HTTP status 400", Counts.lastError(destination));
            String line = log.await("export fails: HTTP status 400");
            assertTrue(line.contains("lost from this batch: ") && line.contains("logged once"), line);

            folder.write("destinations:\n" + GatewayFolder.destination("a", working.endpoint()));
            exports.apply(folder.export());
            assertEquals(State.IDLE, destination.state());
            assertEquals("HTTP status 400 (by the former settings)", Counts.lastError(destination));
            exports.to(A).offer(Spans.of("acme", 3));
            Counts.await(destination, counts -> counts.exported() == 1);
            assertEquals(State.OK, destination.state());
            assertTrue(log.await("export works again").contains(working.endpoint()));
            exports.apply(folder.write("via: clew").export());
            exports.apply(folder.write("destinations:\n" + GatewayFolder.destination("a", rejecting.endpoint()))
                    .export());
            Destination<?> added = exports.destinations().get(0);
            assertEquals(State.IDLE, added.state());
            assertEquals("HTTP status 400 (by the former settings)", Counts.lastError(added));
            exports.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void saysWhichSettingsChangedAndNoValue(@TempDir Path root) {
        try (OtlpServer backend = OtlpServer.start();
                LogLines changes = new LogLines(Exports.class)) {
            GatewayFolder folder = new GatewayFolder(root)
                    .write("destinations:\n" + GatewayFolder.destination("a", backend.endpoint()));
            Exports exports = new Exports(folder.read());
            folder.write("destinations:\n"
                    + GatewayFolder.destination(
                            "a", backend.endpoint(), "headers: {x-key: s3cr3t}", "compression: gzip"));
            exports.apply(folder.export());
            assertEquals(
                    "INFO telemetry destination a: headers, compression changed: http/protobuf to "
                            + backend.endpoint(),
                    changes.await(" changed: "));
            folder.write("destinations:\n  a: {endpoint: \"" + backend.endpoint() + "\"}\n  b: {protocol: grpc}\n");
            exports.apply(folder.export());
            assertEquals(
                    1, changes.with("a: headers, compression, queue changed: ").size());
            assertEquals(
                    "WARN telemetry destination b: no usable endpoint, its spans are dropped",
                    changes.await("no usable endpoint").replace("WARNING", "WARN"));
            exports.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void saysThatExportIsSwitchedOffAndCountsNothingAsSampled(@TempDir Path root) {
        try (LogLines changes = new LogLines(Exports.class)) {
            GatewayFolder folder = new GatewayFolder(root).write("via: clew");
            Exports exports = new Exports(folder.read());
            assertEquals(1, changes.with("INFO OTEL_TRACES_EXPORTER is none").size());
            exports.sink().offer(Spans.of("acme", 1));
            assertEquals(0, exports.sampled());
            JsonObject page = new JsonObject(new TelemetryPage(exports, () -> 0).json());
            assertFalse(page.getBoolean("disabled"));
            assertEquals(
                    List.of(Map.of("name", "default", "state", "off")),
                    page.getJsonArray("destinations").getList());

            Exports disabled =
                    new Exports(folder.set("OTEL_SDK_DISABLED", "true").read());
            assertEquals(1, changes.with("INFO OTEL_SDK_DISABLED is true").size());
            assertTrue(new JsonObject(new TelemetryPage(disabled, () -> 0).json()).getBoolean("disabled"));
        }
    }

    @Test
    void showsSpansForDestinationsThatAreNotThere(@TempDir Path root) {
        Exports exports = new Exports(new GatewayFolder(root).write("via: clew").read());
        assertFalse(new TelemetryPage(exports, () -> 0).json().contains("unknown"));
        exports.to(List.of("nowhere")).offer(Spans.of("acme", 1));
        JsonObject unknown = new JsonObject(new TelemetryPage(exports, () -> 0).json()).getJsonObject("unknown");
        assertEquals(
                new JsonObject().put("started", 1).put("dropped", new JsonObject().put("unknown-destination", 1)),
                unknown);
        exports.close(Duration.ofSeconds(5));
    }
}

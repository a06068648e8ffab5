package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.QueueSettings;
import dev.clew.export.settings.Signal;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

    private static final QueueSettings QUICK =
            new QueueSettings(100, 1 << 20, 10, Duration.ofMillis(10), Duration.ofMillis(50));

    private static Destination<QueuedSpan> destination(SpanExporter exporter) {
        return new Destination<>(
                new ExportCounters(Signal.TRACES, "d"),
                new DestinationSettings(Signal.TRACES, "d", null, QUICK),
                Backend.ofSpans(exporter, new AtomicLong()));
    }

    private static void assertBalanced(Destination<?> destination) {
        ExportCounts counts = destination.counts();
        assertEquals(
                counts.offered(),
                counts.exported() + counts.dropped() + counts.queued().items(),
                counts::toString);
    }

    @Test
    void survivesAnExporterThatThrowsAndSaysNothingOfItsMessage() {
        Destination<QueuedSpan> destination = destination(new ScriptedExporter(() -> {
            throw new NoClassDefFoundError("s3cr3t");
        }));
        destination.offer(Spans.of("acme", 1));
        Counts.await(destination, counts -> counts.dropped() == 1);
        assertEquals("NoClassDefFoundError", Counts.lastError(destination));
        destination.close(DropReason.SHUTDOWN, Duration.ofSeconds(5));
        assertBalanced(destination);
    }

    @Test
    void neverHasTwoExportsAtWork() throws InterruptedException {
        BlockingQueue<CompletableResultCode> calls = new LinkedBlockingQueue<>();
        Destination<QueuedSpan> destination = destination(new ScriptedExporter(() -> {
            CompletableResultCode result = new CompletableResultCode();
            calls.add(result);
            return result;
        }));
        destination.offer(Spans.of("acme", 1));
        CompletableResultCode first = calls.poll(10, TimeUnit.SECONDS);
        Counts.await(destination, counts -> counts.droppedByReason().get(DropReason.EXPORT_TIMEOUT) == 1);
        destination.offer(Spans.of("acme", 2));
        assertEquals(1, destination.counts().queued().items());
        assertEquals(0, calls.size());
        assertNotNull(first);
        first.succeed();
        CompletableResultCode second = calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(second);
        second.succeed();
        Counts.await(destination, counts -> counts.exported() == 1);
        destination.close(DropReason.SHUTDOWN, Duration.ofSeconds(5));
        assertBalanced(destination);
        assertEquals(1, destination.counts().exported(), "a late response is not counted again");
    }

    @Test
    void stopsInTimeWhileAnExportThatWasGivenUpIsStillAtWork() {
        Destination<QueuedSpan> destination = destination(new ScriptedExporter(CompletableResultCode::new));
        for (int n = 0; n < 50; n++) {
            destination.offer(Spans.of("acme", n));
        }
        // A full batch, or what of it had been offered when the thread looked.
        Counts.await(destination, counts -> counts.dropped() > 0);
        long timedOut = destination.counts().dropped();
        destination.close(DropReason.SHUTDOWN, Duration.ofMillis(50));
        assertEquals(50 - timedOut, destination.counts().droppedByReason().get(DropReason.SHUTDOWN));
        assertBalanced(destination);
    }

    @ParameterizedTest
    @CsvSource({
        "grpc,GARBAGE,gRPC status 2",
        "grpc,BAD_REQUEST,gRPC status 3",
        "http/protobuf,BAD_REQUEST,HTTP status 400"
    })
    void saysWhatTheBackendResponded(String protocol, Behaviour fault, String error) {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(fault);
            Map<String, String> variables = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    backend.endpoint(),
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    protocol,
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "10");
            Exports exports = new Exports(OtelSettings.read(variables::get, "1.2.3"));
            Destination<?> destination = exports.destinations().get(0);
            exports.sink().offer(Spans.of("acme", 1));
            Counts.await(destination, counts -> counts.dropped() == 1);
            assertEquals(error, Counts.lastError(destination));
            exports.close(Duration.ofSeconds(5));
            assertBalanced(destination);
        }
    }

    @Test
    void livesWithAHostThatCannotBeResolved() {
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://no-such-host.invalid:4318",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "100",
                "OTEL_BSP_SCHEDULE_DELAY", "10");
        Exports exports = new Exports(OtelSettings.read(variables::get, "1.2.3"));
        Destination<?> destination = exports.destinations().get(0);
        exports.sink().offer(Spans.of("acme", 1));
        Counts.await(destination, counts -> counts.dropped() == 1);
        exports.close(Duration.ofSeconds(5));
        assertBalanced(destination);
    }
}

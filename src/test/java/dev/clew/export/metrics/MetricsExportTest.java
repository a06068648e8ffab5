package dev.clew.export.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.export.Destination;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.Spans;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.MetricsCollection;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsExportTest {

    private final OtlpServer backend = OtlpServer.start();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        backend.close();
    }

    private Exports exports(String interval) {
        Map<String, String> variables = Map.of(
                "OTEL_TRACES_EXPORTER",
                "none",
                "OTEL_METRICS_EXPORTER",
                "otlp",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                backend.endpoint(),
                "OTEL_METRIC_EXPORT_INTERVAL",
                interval);
        return new Exports(OtelSettings.read(variables::get, "1.2.3"));
    }

    @Test
    void sendsAtTheIntervalAndSurvivesAGaugeThatThrows() {
        Gauge.builder("clew.test", this, any -> 5).register(meters);
        Gauge.builder("clew.bad", this, any -> {
                    throw new IllegalStateException();
                })
                .register(meters);
        Exports exports = exports("10");
        MetricsExport export =
                MetricsExport.start(Objects.requireNonNull(exports.others().metrics()), meters, Spans.ORIGIN);
        assertEquals(
                5,
                backend.awaitMetrics(2)
                        .get(1)
                        .metric("clew.test")
                        .getGauge()
                        .getDataPoints(0)
                        .getAsDouble());
        export.close(Duration.ofSeconds(5));
        exports.close(Duration.ofSeconds(5));
    }

    @Test
    void sendsTheLastValuesWhenItCloses() {
        Gauge.builder("clew.test", this, any -> 5).register(meters);
        Exports exports = exports("3600000");
        MetricsExport export =
                MetricsExport.start(Objects.requireNonNull(exports.others().metrics()), meters, Spans.ORIGIN);
        export.close(Duration.ofSeconds(5));
        exports.close(Duration.ofSeconds(5));
        backend.awaitMetrics(1);
    }

    @Test
    void holdsOneCollectionWhileABackendHangsAndCountsTheRest() {
        backend.behave(Behaviour.HANG);
        Exports exports = exports("10");
        Destination<MetricsCollection> destination =
                Objects.requireNonNull(exports.others().metrics());
        MetricsExport export = MetricsExport.start(destination, meters, Spans.ORIGIN);
        backend.awaitRequests(1);
        Await.until(
                "collections to be dropped",
                () -> destination.counts().droppedByReason().get(DropReason.QUEUE_FULL) > 2);
        assertEquals(1, destination.counts().queued().items());
        export.close(Duration.ofSeconds(5));
        exports.close(Duration.ofMillis(10));
    }
}

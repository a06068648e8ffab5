package dev.clew.export.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.Spans;
import dev.clew.export.queue.DropReason;
import dev.clew.testing.OtlpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void addsUpToTheSpansStarted() {
        try (OtlpServer backend = OtlpServer.start()) {
            Map<String, String> variables = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", backend.endpoint(),
                    "OTEL_BSP_MAX_QUEUE_SIZE", "16",
                    "OTEL_TRACES_SAMPLER", "sometimes");
            Exports exports = new Exports(OtelSettings.read(variables::get, "1.2.3"));
            new ExportMetrics(exports).bindTo(registry);
            for (int n = 0; n < 1000; n++) {
                exports.sink().offer(Spans.of("acme", n));
            }
            assertEquals(16, gauge("clew.export.queue.capacity"));
            exports.close(Duration.ofSeconds(10));
            assertEquals(
                    1000, registry.get("clew.spans.sampled").functionCounter().count());
            double exported = registry.get("clew.export.spans.exported")
                    .tag("destination", "default")
                    .functionCounter()
                    .count();
            double dropped = 0;
            for (DropReason reason : DropReason.values()) {
                dropped += registry.get("clew.export.spans.dropped")
                        .tags("destination", "default", "reason", reason.tag())
                        .functionCounter()
                        .count();
            }
            assertTrue(exported > 0 && dropped > 0);
            assertEquals(1000, exported + dropped);
            assertEquals(0, gauge("clew.export.queue.spans"));
            assertEquals(0, gauge("clew.export.queue.bytes"));
            assertEquals(1, gauge("clew.telemetry.setting.problems"));
            assertTrue(gauge("clew.export.last.success.seconds") > 1.7e9);
        }
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}

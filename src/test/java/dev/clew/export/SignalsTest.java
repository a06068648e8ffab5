package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.queue.LogLine;
import dev.clew.export.queue.MetricsCollection;
import dev.clew.export.queue.Queued;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.report.ExportMetrics;
import dev.clew.export.report.TelemetryPage;
import dev.clew.export.settings.SettingProblem;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import dev.clew.testing.OtlpServer.ReceivedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences of logs and metrics over OTLP from spans, whose implementation they share. */
class SignalsTest {

    private final OtlpServer backend = OtlpServer.start();
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void exportOnlyTheseSignals() {
        variables.put("OTEL_TRACES_EXPORTER", "none");
        variables.put("OTEL_LOGS_EXPORTER", "otlp");
        variables.put("OTEL_METRICS_EXPORTER", "otlp");
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", backend.endpoint());
        variables.put("OTEL_BLRP_SCHEDULE_DELAY", "10");
        variables.put("OTEL_METRIC_EXPORT_INTERVAL", "10");
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private Exports exports(String... more) {
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return new Exports(OtelSettings.read(variables::get, "1.2.3"));
    }

    private static LogLine line(int n) {
        SpanIds ids = new SpanIds(Spans.TRACE_ID, String.format("%016x", n), "", false, (byte) 1, "");
        return new LogLine(
                "acme", Spans.ORIGIN, ids, 1_000, 2_000, "{\"n\":" + n + "}", Spans.SHARED.with(Spans.STATUS, 200L));
    }

    private static MetricsCollection collection(int bytes) {
        MetricData metric = ImmutableMetricData.createDoubleGauge(
                Spans.ORIGIN.resource(),
                Spans.ORIGIN.scope(),
                "clew.test",
                "A test",
                "s",
                ImmutableGaugeData.create(List.of(ImmutableDoublePointData.create(1, 2, Spans.SHARED, 3.5))));
        return new MetricsCollection(List.of(metric), bytes);
    }

    private static Destination<LogLine> logs(Exports exports) {
        return Objects.requireNonNull(exports.others().logs());
    }

    private static Destination<MetricsCollection> metrics(Exports exports) {
        return Objects.requireNonNull(exports.others().metrics());
    }

    @ParameterizedTest
    @CsvSource({
        "http/protobuf,/v1/logs,none",
        "http/protobuf,/v1/logs,gzip",
        "grpc,/opentelemetry.proto.collector.logs.v1.LogsService/Export,none"
    })
    void sendsLinesAsLogRecordsWithTheirTrace(String protocol, String path, String compression) {
        Exports exports =
                exports("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", compression);
        logs(exports).offer(line(7));
        ReceivedLog received = backend.awaitLogs(1).get(0);
        assertEquals("{\"n\":7}", received.log().getBody().getStringValue());
        assertEquals(Spans.TRACE_ID, hex(received.log().getTraceId().toByteArray()));
        assertEquals("0000000000000007", hex(received.log().getSpanId().toByteArray()));
        assertEquals(1, received.log().getFlags());
        assertEquals(1_000, received.log().getTimeUnixNano());
        assertEquals(2_000, received.log().getObservedTimeUnixNano());
        assertEquals("INFO", received.log().getSeverityText());
        assertEquals("200", received.attribute("http.response.status_code"));
        assertEquals("service.name", received.resource().getAttributes(0).getKey());
        assertEquals(List.of(path), backend.paths());
        exports.close(Duration.ofSeconds(5));
        assertBalanced(logs(exports).counts(), 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"http/protobuf,/v1/metrics", "grpc,/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"})
    void sendsACollectionOfMetricsAsOneMessage(String protocol, String path) {
        Exports exports = exports("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", protocol);
        metrics(exports).offer(collection(1));
        assertEquals(
                3.5,
                backend.awaitMetrics(1)
                        .get(0)
                        .metric("clew.test")
                        .getGauge()
                        .getDataPoints(0)
                        .getAsDouble());
        assertEquals(List.of(path), backend.paths());
        exports.close(Duration.ofSeconds(5));
        assertBalanced(metrics(exports).counts(), 1, 1);
    }

    private static Stream<Arguments> faults() {
        return Stream.of(Behaviour.values())
                .filter(each -> each != Behaviour.ACCEPT && each != Behaviour.PARTIAL)
                .flatMap(fault -> Stream.of("grpc", "http/protobuf").map(protocol -> Arguments.of(fault, protocol)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void countsWhatABackendRejectsAndResumesByItself(Behaviour fault, String protocol) {
        backend.behave(fault);
        Exports exports = exports("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "OTEL_EXPORTER_OTLP_TIMEOUT", "300");
        resumes(logs(exports), line(1));
        backend.behave(fault);
        resumes(metrics(exports), collection(1));
        exports.close(Duration.ofSeconds(5));
        assertBalanced(logs(exports).counts());
        assertBalanced(metrics(exports).counts());
    }

    /** Exports again after a fault, or after GARBAGE over HTTP, which counts as an accepted message. */
    private <T extends Queued> void resumes(Destination<T> destination, T item) {
        destination.offer(item);
        Counts.await(destination, counts -> counts.dropped() + counts.exported() == 1);
        backend.behave(Behaviour.ACCEPT);
        long before = destination.counts().exported();
        while (destination.counts().exported() == before) {
            destination.offer(item);
            Counts.await(destination, counts -> counts.queued().items() == 0);
        }
    }

    @Test
    void countsForARefusingBackendAndResumesByItself() {
        backend.refuse();
        Exports exports = exports("OTEL_EXPORTER_OTLP_TIMEOUT", "300");
        logs(exports).offer(line(1));
        metrics(exports).offer(collection(1));
        Counts.await(logs(exports), counts -> counts.dropped() == 1);
        Counts.await(metrics(exports), counts -> counts.dropped() == 1);
        assertEquals(Destination.State.FAILING, logs(exports).state());
        backend.listen();
        logs(exports).offer(line(2));
        metrics(exports).offer(collection(1));
        backend.awaitLogs(1);
        backend.awaitMetrics(1);
        exports.close(Duration.ofSeconds(5));
        assertBalanced(logs(exports).counts(), 2, 1);
        assertBalanced(metrics(exports).counts(), 2, 1);
    }

    @Test
    void boundsWhatWaitsWhileABackendHangsAndSharesItBetweenTenants() {
        backend.behave(Behaviour.HANG);
        Exports exports = exports("OTEL_BLRP_MAX_QUEUE_SIZE", "30", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "10");
        for (int n = 0; n < 100; n++) {
            logs(exports).offer(line(n));
        }
        ExportCounts counts = logs(exports).counts();
        assertEquals(20, counts.queued().items(), counts::toString);
        assertEquals(80, counts.droppedByReason().get(DropReason.TENANT_SHARE));
        metrics(exports).offer(collection(1));
        assertTrue(metrics(exports).isFull());
        metrics(exports).offer(collection(1));
        metrics(exports).offer(collection(65 << 20));
        counts = metrics(exports).counts();
        assertEquals(1, counts.queued().items());
        assertEquals(1, counts.droppedByReason().get(DropReason.QUEUE_FULL));
        assertEquals(1, counts.droppedByReason().get(DropReason.TOO_LARGE));
        exports.close(Duration.ofMillis(100));
        assertEquals(20, logs(exports).counts().droppedByReason().get(DropReason.SHUTDOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "pigeon"})
    void makesNothingUnlessItIsSwitchedOn(String exporter) {
        Exports exports = exports("OTEL_LOGS_EXPORTER", exporter, "OTEL_METRICS_EXPORTER", exporter);
        assertNull(exports.others().logs());
        assertNull(exports.others().metrics());
        assertEquals(exporter.equals("pigeon") ? 2 : 0, exports.problems().size());
        assertEquals(
                "off",
                new JsonObject(new TelemetryPage(exports, () -> 0).json())
                        .getJsonObject("logs")
                        .getString("state"));
        exports.close(Duration.ofSeconds(5));
    }

    @Test
    void theScrapePageAloneIsNoMistakeAndTheSdkSwitchesAllOff() {
        Exports scraped = exports("OTEL_METRICS_EXPORTER", "prometheus");
        assertNull(scraped.others().metrics());
        assertEquals(List.of(), scraped.problems());
        Exports disabled = exports("OTEL_METRICS_EXPORTER", "otlp, prometheus", "OTEL_SDK_DISABLED", "true");
        assertNull(disabled.others().logs());
        assertNull(disabled.others().metrics());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_BLRP_MAX_QUEUE_SIZE|many",
                "OTEL_BLRP_SCHEDULE_DELAY|-1",
                "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE|0",
                "OTEL_BLRP_EXPORT_TIMEOUT|soon",
                "OTEL_METRIC_EXPORT_INTERVAL|1m",
                "OTEL_METRIC_EXPORT_TIMEOUT|x",
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE|delta",
                "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION|base2_exponential_bucket_histogram",
                "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL|pigeon",
                "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT|not a URL",
                "OTEL_EXPORTER_OTLP_LOGS_HEADERS|no pairs",
                "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT|soon",
                "OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE|/nowhere",
                "OTEL_EXPORTER_OTLP_TIMEOUT|soon"
            })
    void aMalformedSettingIsAProblemAndNoMore(String name, String value) {
        Exports exports = exports(name, value);
        assertEquals(
                List.of(name),
                exports.problems().stream().map(SettingProblem::name).toList());
        assertNotNull(exports.others().logs());
        assertNotNull(exports.others().metrics());
        exports.close(Duration.ofSeconds(5));
    }

    @Test
    void followsTheFileUnlessItHasAnEndpointOfItsOwn(@TempDir Path root) {
        try (OtlpServer other = OtlpServer.start()) {
            GatewayFolder folder = new GatewayFolder(root);
            variables.forEach(folder::set);
            folder.set("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", backend.endpoint() + "/own");
            folder.write("destinations:\n"
                    + GatewayFolder.destination("default", backend.endpoint() + "/v1/traces", "headers: {x-key: a}"));
            Exports exports = new Exports(folder.read());
            logs(exports).offer(line(1));
            metrics(exports).offer(collection(1));
            assertEquals("a", backend.awaitLogs(1).get(0).headers().get("x-key"));
            backend.awaitRequests(2);
            assertTrue(backend.paths().containsAll(List.of("/v1/logs", "/own")), backend.paths()::toString);
            folder.write("destinations:\n" + GatewayFolder.destination("default", other.endpoint()));
            exports.apply(folder.export());
            logs(exports).offer(line(2));
            other.awaitLogs(1);
            exports.close(Duration.ofSeconds(5));
            assertBalanced(logs(exports).counts(), 2, 2);
        }
    }

    @Test
    void isInMetricsAndOnThePage() {
        Exports exports = exports();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new ExportMetrics(exports).bindTo(registry);
        logs(exports).offer(line(1));
        Counts.await(logs(exports), counts -> counts.exported() == 1);
        assertEquals(
                1,
                registry.get("clew.export.logs.exported")
                        .tag("destination", "default")
                        .functionCounter()
                        .count());
        assertEquals(
                1,
                registry.get("clew.export.queue.capacity")
                        .tag("signal", "metrics")
                        .gauge()
                        .value());
        JsonObject page = new JsonObject(new TelemetryPage(exports, () -> 0).json());
        assertEquals(1, page.getJsonObject("logs").getInteger("exported"));
        assertEquals(1, page.getJsonObject("metrics").getJsonObject("queue").getInteger("capacity"));
        exports.close(Duration.ofSeconds(5));
    }

    private static void assertBalanced(ExportCounts counts, long offered, long exported) {
        assertEquals(offered, counts.offered());
        assertEquals(exported, counts.exported());
        assertBalanced(counts);
    }

    private static void assertBalanced(ExportCounts counts) {
        assertEquals(
                counts.offered(),
                counts.exported() + counts.dropped() + counts.queued().items(),
                counts::toString);
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte each : bytes) {
            hex.append(String.format("%02x", each));
        }
        return hex.toString();
    }
}

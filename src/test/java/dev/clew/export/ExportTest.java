package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanTemplate;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {

    private final OtlpServer backend = OtlpServer.start();

    @AfterEach
    void stop() {
        backend.close();
    }

    private Exports exports(String protocol, String... settings) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                backend.endpoint(),
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol,
                "OTEL_BSP_SCHEDULE_DELAY",
                "10"));
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        return new Exports(OtelSettings.read(variables::get, "1.2.3"));
    }

    @ParameterizedTest
    @CsvSource({"grpc,none", "grpc,gzip", "http/protobuf,none", "http/protobuf,gzip"})
    void exportsASpanAsItWasMade(String protocol, String compression) {
        Exports exports = exports(
                protocol, "OTEL_EXPORTER_OTLP_COMPRESSION", compression, "OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%2Cb");
        exports.sink().offer(Spans.of("acme", 7));
        Received received = backend.awaitSpan(span -> true);
        Span span = received.span();
        assertEquals(Spans.TRACE_ID, hex(span.getTraceId().toByteArray()));
        assertEquals("0000000000000007", hex(span.getSpanId().toByteArray()));
        assertEquals(Spans.PARENT_ID, hex(span.getParentSpanId().toByteArray()));
        assertEquals("GET /orders/{id}", span.getName());
        assertEquals(Span.SpanKind.SPAN_KIND_SERVER, span.getKind());
        assertEquals(1_700_000_000_000_000_007L, span.getStartTimeUnixNano());
        assertEquals(1_700_000_000_005_000_007L, span.getEndTimeUnixNano());
        assertEquals("vendor=  a,other@=b", span.getTraceState(), "spaces at the beginning belong to the value");
        assertEquals(0x303, span.getFlags(), "flags, and a parent known to be remote");
        assertEquals("/orders/{id}", received.attribute("http.route"));
        assertEquals("200", received.attribute("http.response.status_code"));
        assertEquals(2, span.getAttributesCount());
        assertEquals(0, span.getDroppedAttributesCount());
        assertEquals("clew", received.resourceAttribute("service.name"));
        assertEquals("a,b", received.headers().get("x-key"));
        exports.close(Duration.ofSeconds(5));
        assertBalanced(exports, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void exportsRootsErrorsAndLinks(String protocol) {
        Exports exports = exports(protocol);
        SpanIds root = new SpanIds(Spans.TRACE_ID, "00000000000000aa", "", false, (byte) 1, "");
        SpanTemplate template = new SpanTemplate("GET", io.opentelemetry.api.trace.SpanKind.CLIENT, "", Spans.ORIGIN);
        SpanContext caller = SpanIds.remote("ffffffffffffffffffffffffffffffff", "00000000000000bb", (byte) 1, "k=v");
        exports.sink()
                .offer(new FinishedSpan(template, root, 1, 2, StatusData.error(), SpanAttributes.EMPTY)
                        .linkedTo(caller));
        Span span = backend.awaitSpan(any -> true).span();
        assertTrue(span.getParentSpanId().isEmpty());
        assertEquals("", span.getTraceState());
        assertEquals("STATUS_CODE_ERROR", span.getStatus().getCode().name());
        assertEquals(caller.getTraceId(), hex(span.getLinks(0).getTraceId().toByteArray()));
        assertEquals("k=v", span.getLinks(0).getTraceState());
        assertEquals(0x301, span.getLinks(0).getFlags(), "flags, and a span known to be remote");
        exports.close(Duration.ofSeconds(5));
    }

    @Test
    void exportsEverySpanOfManyBatches() {
        Exports exports = exports("http/protobuf", "OTEL_BSP_MAX_QUEUE_SIZE", "8192");
        for (int n = 1; n <= 5000; n++) {
            exports.sink().offer(Spans.of("acme", n));
        }
        assertEquals(
                5000,
                backend.awaitSpans(5000).stream().map(Received::span).distinct().count());
        exports.close(Duration.ofSeconds(5));
        assertBalanced(exports, 5000, 5000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"BAD_REQUEST", "CLOSE"})
    void countsWhatABackendRejectsAndResumesByItself(Behaviour fault) {
        for (String protocol : new String[] {"grpc", "http/protobuf"}) {
            backend.behave(fault);
            int seen = backend.spans().size();
            Exports exports = exports(protocol, "OTEL_EXPORTER_OTLP_TIMEOUT", "200");
            Destination<?> destination = exports.destinations().get(0);
            exports.sink().offer(Spans.of("acme", 1));
            Counts.await(destination, counts -> counts.dropped() == 1);
            assertEquals(1, destination.counts().droppedByReason().get(DropReason.EXPORT_FAILED));
            assertTrue(destination.counts().lastFailure() != null
                    && destination.counts().lastSuccessEpochMillis() == 0);
            backend.behave(Behaviour.ACCEPT);
            exports.sink().offer(Spans.of("acme", 2));
            backend.awaitSpans(seen + 1);
            Counts.await(destination, counts -> counts.exported() == 1 && counts.lastSuccessEpochMillis() > 0);
            exports.close(Duration.ofSeconds(5));
            assertBalanced(exports, 2, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void countsToTheSpanWhileABackendHangsAndResumesByItself(String protocol) {
        backend.behave(Behaviour.HANG);
        Exports exports = exports(
                protocol,
                "OTEL_BSP_MAX_QUEUE_SIZE",
                "30",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                "10",
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                "300");
        for (int n = 1; n <= 100; n++) {
            exports.sink().offer(Spans.of("acme", n));
        }
        Destination<?> destination = exports.destinations().get(0);
        ExportCounts hanging = destination.counts();
        assertEquals(
                100, hanging.exported() + hanging.dropped() + hanging.queued().items());
        assertTrue(hanging.queued().items() <= 30 && hanging.dropped() >= 70, hanging::toString);
        backend.awaitRequests(1);
        backend.behave(Behaviour.ACCEPT);
        Counts.await(destination, counts -> counts.queued().items() == 0);
        exports.sink().offer(Spans.of("acme", 1000));
        backend.awaitSpan(span -> hex(span.span().getSpanId().toByteArray()).equals("00000000000003e8"));
        exports.close(Duration.ofSeconds(5));
        assertBalanced(exports, 101, destination.counts().exported());
        assertTrue(destination.counts().droppedByReason().get(DropReason.EXPORT_TIMEOUT) > 0);
        assertEquals(backend.spans().size(), destination.counts().exported());
    }

    @Test
    void resumesWhenARefusingBackendComesBack() {
        backend.refuse();
        Exports exports = exports("http/protobuf", "OTEL_EXPORTER_OTLP_TIMEOUT", "200");
        Destination<?> destination = exports.destinations().get(0);
        exports.sink().offer(Spans.of("acme", 1));
        Counts.await(destination, counts -> counts.dropped() == 1);
        backend.listen();
        exports.sink().offer(Spans.of("acme", 2));
        backend.awaitSpans(1);
        exports.close(Duration.ofSeconds(5));
        assertBalanced(exports, 2, 1);
    }

    @Test
    void retriesWhatABackendIsTooBusyFor() {
        backend.behave(Behaviour.UNAVAILABLE);
        Exports exports = exports("http/protobuf");
        exports.sink().offer(Spans.of("acme", 1));
        backend.awaitRequests(1);
        backend.behave(Behaviour.ACCEPT);
        backend.awaitSpans(1);
        exports.close(Duration.ofSeconds(5));
        assertBalanced(exports, 1, 1);
    }

    @Test
    void closesWithinItsBoundWhenABackendHangs() {
        backend.behave(Behaviour.HANG);
        Exports exports = exports("http/protobuf");
        for (int n = 1; n <= 1000; n++) {
            exports.sink().offer(Spans.of("acme", n));
        }
        backend.awaitRequests(1);
        exports.close(Duration.ofMillis(100));
        ExportCounts counts = exports.destinations().get(0).counts();
        assertEquals(1000, counts.droppedByReason().get(DropReason.SHUTDOWN));
        assertBalanced(exports, 1000, 0);
    }

    @Test
    void sendsWhatWaitsWhenItCloses() {
        Exports exports = exports("http/protobuf", "OTEL_BSP_SCHEDULE_DELAY", "3600000");
        for (int n = 1; n <= 100; n++) {
            exports.sink().offer(Spans.of("acme", n));
        }
        exports.close(Duration.ofSeconds(10));
        assertEquals(100, backend.spans().size());
        exports.sink().offer(Spans.of("acme", 101));
        assertBalanced(exports, 101, 100);
    }

    @Test
    void takesSpansAndForgetsThemWhenExportIsOff() {
        Exports exports = exports("grpc", "OTEL_TRACES_EXPORTER", "none");
        exports.sink().offer(Spans.of("acme", 1));
        assertTrue(exports.destinations().isEmpty());
        exports.close(Duration.ofSeconds(5));
        assertEquals(0, backend.requests());
        assertNull(exports.problems().stream().findAny().orElse(null));
    }

    private static void assertBalanced(Exports exports, long offered, long exported) {
        ExportCounts counts = exports.destinations().get(0).counts();
        assertEquals(offered, counts.offered());
        assertEquals(offered, exports.sampled());
        assertEquals(exported, counts.exported());
        assertEquals(
                offered, counts.exported() + counts.dropped() + counts.queued().items(), counts::toString);
        assertEquals(0, counts.queued().items());
        assertEquals(0, counts.queued().bytes());
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}

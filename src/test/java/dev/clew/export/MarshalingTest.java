package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.otlp.OtlpSender;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.TraceStateList;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarshalingTest {

    @ParameterizedTest
    @EnumSource(MemoryMode.class)
    void survivesEveryTypeOfAttributeInBothMemoryModes(MemoryMode mode) {
        SpanAttributes attributes = Spans.SHARED.with(
                AttributeKey.stringKey("text"),
                "täst",
                AttributeKey.longKey("long"),
                5L,
                AttributeKey.booleanKey("flag"),
                true,
                AttributeKey.doubleKey("double"),
                0.5,
                AttributeKey.stringArrayKey("texts"),
                List.of("a", "b"));
        try (OtlpServer backend = OtlpServer.start();
                OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                        .setComponentLoader(OtlpSender.loader(false, new AtomicLong()))
                        .setEndpoint(backend.endpoint() + "/v1/traces")
                        .setMemoryMode(mode)
                        .build()) {
            List<SpanData> spans = new ArrayList<>();
            for (int n = 1; n <= 100; n++) {
                spans.add(Spans.of("acme", n, attributes));
            }
            assertTrue(exporter.export(spans).join(10, TimeUnit.SECONDS).isSuccess());
            for (Received received : backend.awaitSpans(100)) {
                assertEquals(6, received.span().getAttributesCount());
                assertEquals("täst", received.attribute("text"));
                assertEquals("5", received.attribute("long"));
                assertEquals("/orders/{id}", received.attribute("http.route"));
            }
        }
    }

    @Test
    void readsTraceStateLikeOpenTelemetryDoes() {
        TraceState list = new TraceStateList("a=1,b=2=3,,c=");
        assertEquals(Map.of("a", "1", "b", "2=3", "c", ""), list.asMap());
        assertEquals(List.of("a", "b", "c"), List.copyOf(list.asMap().keySet()));
        assertEquals("2=3", list.get("b"));
        assertEquals(3, list.size());
        assertEquals("  1 x", new TraceStateList("a=  1 x,b=2").get("a"));
        assertEquals(TraceState.builder().put("b", "2").put("a", "1").build(), list("a=1,b=2"));
    }

    private static TraceState list(String text) {
        return new TraceStateList(text).toBuilder().build();
    }
}

package dev.clew.export.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Spans;
import dev.clew.export.settings.QueueSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkSpanTest {

    private static final Attributes LONG = Attributes.of(AttributeKey.stringKey("k"), "x".repeat(1000));

    private final SdkTracerProvider sdk = SdkTracerProvider.builder().build();

    @AfterEach
    void close() {
        sdk.close();
    }

    private SdkSpan span(UnaryOperator<SpanBuilder> with) {
        return finished(with.apply(sdk.get("test").spanBuilder("reload")).startSpan());
    }

    private static SdkSpan finished(Span span) {
        span.end();
        return new SdkSpan(((ReadableSpan) span).toSpanData(), "acme");
    }

    @Test
    void isTheSpanWithItsTenant() {
        SdkSpan span = span(builder -> builder.setAllAttributes(LONG));
        assertEquals("acme", span.tenant());
        assertEquals("reload", span.getName());
        assertEquals(LONG.asMap(), span.getAttributes().asMap());
    }

    @Test
    void countsForTheSizeOfItsAttributesEventsAndLinks() {
        int bare = span(builder -> builder).approximateBytes();
        assertTrue(bare >= QueueSettings.LEAST_ITEM_BYTES, () -> "bytes: " + bare);
        int attributes = span(builder -> builder.setAllAttributes(LONG)).approximateBytes();
        assertTrue(attributes >= bare + 1000, () -> "bytes: " + attributes);
        int links = span(builder ->
                        builder.addLink(SpanIds.remote(Spans.TRACE_ID, Spans.PARENT_ID, (byte) 1, ""), LONG))
                .approximateBytes();
        assertTrue(links >= bare + 1000 + QueueSettings.LEAST_ITEM_BYTES, () -> "bytes: " + links);
        Span live = sdk.get("test").spanBuilder("reload").startSpan();
        live.addEvent("refused", LONG);
        int events = finished(live).approximateBytes();
        assertTrue(events >= bare + 1000 + QueueSettings.LEAST_ITEM_BYTES, () -> "bytes: " + events);
    }
}

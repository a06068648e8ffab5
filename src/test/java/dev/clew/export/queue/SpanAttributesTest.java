package dev.clew.export.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Spans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanAttributesTest {

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private final SpanAttributes attributes = Spans.SHARED.with(Spans.STATUS, 404L);

    @Test
    void findsSharedAndOwnAttributes() {
        assertEquals("/orders/{id}", attributes.get(Spans.ROUTE));
        assertEquals(404L, attributes.get(Spans.STATUS));
        assertNull(attributes.get(ERROR));
        assertNull(attributes.get(AttributeKey.stringKey("http.response.status_code")), "a key has a type too");
    }

    @Test
    void visitsAsManyAsItSays() {
        List<String> seen = new ArrayList<>();
        attributes.forEach((key, value) -> seen.add(key.getKey() + "=" + value));
        assertEquals(List.of("http.route=/orders/{id}", "http.response.status_code=404"), seen);
        assertEquals(2, attributes.size());
        assertEquals(attributes.asMap().size(), attributes.size());
        assertFalse(attributes.isEmpty());
        assertTrue(SpanAttributes.EMPTY.isEmpty());
    }

    @Test
    void equalsAttributesOfTheSameContent() {
        Attributes copy = attributes.toBuilder().build();
        assertEquals(Attributes.of(Spans.ROUTE, "/orders/{id}", Spans.STATUS, 404L), copy);
        assertTrue(attributes.equals(copy));
        assertEquals(attributes, SpanAttributes.shared(copy));
        assertEquals(attributes.hashCode(), SpanAttributes.shared(copy).hashCode());
    }

    @Test
    void readsOnlyTheGivenLengthOfAnArray() {
        Object[] pairs = {Spans.STATUS, 200L, null, null};
        assertEquals(2, Spans.SHARED.with(pairs, 2).size());
    }

    @Test
    void rejectsAKeyTwice() {
        assertThrows(AssertionError.class, () -> Spans.SHARED.with(Spans.ROUTE, "/"));
        assertThrows(AssertionError.class, () -> Spans.SHARED.with(ERROR, "a", ERROR, "b"));
        assertThrows(AssertionError.class, () -> Spans.SHARED.with(ERROR));
    }

    @Test
    void keepsToTheLimitsOfTheOriginAndCountsWhatItCut() {
        SpanOrigin strict =
                new SpanOrigin(Spans.ORIGIN.resource(), Spans.ORIGIN.scope(), new AttributeLimits(1, 4, 128));
        FinishedSpan span = new FinishedSpan(
                new SpanTemplate("GET", SpanKind.SERVER, "acme", strict),
                Spans.of("acme", 1).ids(),
                1,
                2,
                StatusData.unset(),
                attributes);
        assertEquals("/ord", span.getAttributes().get(Spans.ROUTE));
        assertEquals(1, span.getAttributes().size());
        assertEquals(2, span.getTotalAttributeCount());
    }

    @Test
    void cutsEachTextOfAListToTheLimit() {
        AttributeKey<List<String>> header = AttributeKey.stringArrayKey("http.request.header.x-a");
        SpanAttributes listed = Spans.SHARED.with(header, List.of("abcde", "abc"), Spans.STATUS, 404L);

        Attributes cut = new AttributeLimits(128, 4, 128).apply(listed);
        assertEquals(List.of("abcd", "abc"), cut.get(header));
        assertEquals(404L, cut.get(Spans.STATUS));
    }

    @Test
    void countsTheBytesOfEachTextOfAList() {
        AttributeKey<List<String>> header = AttributeKey.stringArrayKey("http.request.header.x-a");
        int one = bytes(Spans.SHARED.with(header, List.of("")));
        int more = bytes(Spans.SHARED.with(header, List.of("x".repeat(1000), "y".repeat(500))));
        assertTrue(more - one > 1500, () -> "counts " + (more - one));
    }

    @Test
    void countsTheBytesOfALinkAndOfItsTraceState() {
        FinishedSpan span = Spans.of("acme", 1);
        FinishedSpan small = span.linkedTo(SpanIds.remote(Spans.TRACE_ID, Spans.PARENT_ID, (byte) 1, ""));
        FinishedSpan large =
                span.linkedTo(SpanIds.remote(Spans.TRACE_ID, Spans.PARENT_ID, (byte) 1, "k=" + "x".repeat(998)));
        assertTrue(small.approximateBytes() > span.approximateBytes());
        assertEquals(1000, large.approximateBytes() - small.approximateBytes());
    }

    private static int bytes(SpanAttributes attributes) {
        return Spans.of("acme", 1, attributes).approximateBytes();
    }

    @Test
    void countsTheBytesOfOwnTextAndTraceState() {
        int small = bytes(Spans.SHARED.with(ERROR, ""));
        int large = bytes(Spans.SHARED.with(ERROR, "x".repeat(1000)));
        assertEquals(1000, large - small);
    }
}

package dev.clew.export.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Spans;
import dev.clew.export.queue.SpanIds;
import io.opentelemetry.api.common.AttributeKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentTracesTest {

    private final RecentTraces traces = new RecentTraces(3);

    @Test
    void rendersATraceInOrderOfStart() {
        traces.offer(Spans.of("acme", 2));
        traces.offer(Spans.of("acme", 1));
        RecentTraces.Response response = traces.respond(Spans.TRACE_ID);
        assertEquals(200, response.status());
        JsonObject trace = new JsonObject(response.body());
        assertEquals(Spans.TRACE_ID, trace.getString("traceId"));
        assertEquals(2, trace.getJsonArray("spans").size());
        JsonObject first = trace.getJsonArray("spans").getJsonObject(0);
        assertEquals("0000000000000001", first.getString("spanId"));
        assertEquals(Spans.PARENT_ID, first.getString("parentSpanId"));
        assertEquals("GET /orders/{id}", first.getString("name"));
        assertEquals("SERVER", first.getString("kind"));
        assertEquals("clew", first.getString("service"));
        assertEquals("2023-11-14T22:13:20.000000001Z", first.getString("startTime"));
        assertEquals(5.0, first.getDouble("durationMs"));
        assertEquals("UNSET", first.getString("status"));
        assertEquals(200, first.getInteger("httpStatus"));
        assertEquals("/orders/{id}", first.getJsonObject("attributes").getString("http.route"));
    }

    @Test
    void rendersAListAsAnArray() {
        AttributeKey<List<String>> header = AttributeKey.stringArrayKey("http.request.header.x-a");
        traces.offer(Spans.of("acme", 1, Spans.SHARED.with(header, List.of("1", "2"))));
        JsonObject span = new JsonObject(traces.respond(Spans.TRACE_ID).body())
                .getJsonArray("spans")
                .getJsonObject(0);
        assertEquals(
                new JsonArray().add("1").add("2"),
                span.getJsonObject("attributes").getJsonArray("http.request.header.x-a"));
    }

    @Test
    void forgetsTheOldestSpans() {
        for (int n = 1; n <= 10; n++) {
            traces.offer(Spans.of("acme", n));
        }
        assertEquals(3, traces.byTraceId(Spans.TRACE_ID).size());
        assertEquals("0000000000000008", traces.byTraceId(Spans.TRACE_ID).get(0).getSpanId());
    }

    @Test
    void rendersLinksWhereThereAreSome() {
        SpanIds other = new SpanIds("11111111111111111111111111111111", "00000000000000aa", "", false, (byte) 1, "");
        traces.offer(Spans.of("acme", 1).linkedTo(other));
        traces.offer(Spans.of("acme", 2));
        JsonArray spans = new JsonObject(traces.respond(Spans.TRACE_ID).body()).getJsonArray("spans");
        assertEquals(
                new JsonArray()
                        .add(new JsonObject()
                                .put("traceId", "11111111111111111111111111111111")
                                .put("spanId", "00000000000000aa")),
                spans.getJsonObject(0).getJsonArray("links"));
        assertFalse(spans.getJsonObject(1).containsKey("links"));
    }

    @Test
    void respondsToAnUnknownTraceWith404AndWhyThatMayBe() {
        RecentTraces.Response response = traces.respond("ffffffffffffffffffffffffffffffff");
        assertEquals(404, response.status());
        assertEquals("application/problem+json", response.contentType());
        JsonObject problem = new JsonObject(response.body());
        assertEquals("trace-not-found", problem.getString("code"));
        assertEquals("urn:clew:error:trace-not-found", problem.getString("type"));
        for (String cause : List.of("not sampled", "older", "another replica", "access log")) {
            assertTrue(problem.getString("detail").contains(cause), cause);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "00000000000000000000000000000000", "0af7651916cd43dd8448eb211c80319g", "<b>"})
    void respondsToAMalformedTraceIdWith400(String traceId) {
        RecentTraces.Response response = traces.respond(traceId);
        assertEquals(400, response.status());
        assertNull(new JsonObject(response.body()).getString("trace_id"));
        assertFalse(response.body().contains("<b>"));
    }

    @Test
    void findsATraceWrittenInUpperCase() {
        traces.offer(Spans.of("acme", 1));
        assertEquals(
                200,
                traces.respond(Spans.TRACE_ID.toUpperCase(java.util.Locale.ROOT))
                        .status());
    }
}

package dev.clew.api;

import dev.clew.journal.AttemptEntry;
import dev.clew.journal.JournalEntry;
import dev.clew.network.IpAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests as spans in Zipkin's JSON, version 2 (Zipkin API: {@code Span}). Times are in microseconds. */
final class ZipkinTrace {

    private static final long MICRO = 1_000;

    private final JsonObject local;

    /** @param service the gateway's name */
    ZipkinTrace(String service) {
        this.local = new JsonObject().put("serviceName", service.toLowerCase(Locale.ROOT));
    }

    JsonArray of(List<JournalEntry> entries) {
        JsonArray spans = new JsonArray();
        for (JournalEntry entry : entries) {
            spans.add(server(entry));
            entry.attempts().forEach(attempt -> spans.add(client(entry, attempt)));
        }
        return spans;
    }

    private JsonObject server(JournalEntry entry) {
        long start = entry.outcome().startEpochNanos();
        JsonObject span = span(entry, entry.id(), entry.ids().parentSpanId())
                .put("kind", "SERVER")
                .put("name", SpanFacts.name(entry).toLowerCase(Locale.ROOT));
        return timed(span, start, entry.outcome().durationNanos()).put("tags", tags(SpanFacts.ofRequest(entry)));
    }

    private JsonObject client(JournalEntry entry, AttemptEntry attempt) {
        JsonObject span = span(entry, attempt.spanId(), entry.id())
                .put("kind", "CLIENT")
                .put("name", entry.subject().method().toLowerCase(Locale.ROOT))
                .put("remoteEndpoint", remote(entry, attempt));
        long start = entry.outcome().startEpochNanos() + attempt.times().start();
        return timed(span, start, Math.max(0, attempt.times().total()))
                .put("tags", tags(SpanFacts.ofAttempt(entry, attempt)));
    }

    private JsonObject span(JournalEntry entry, String id, String parent) {
        JsonObject span = new JsonObject().put("traceId", entry.ids().traceId()).put("id", id);
        if (!parent.isEmpty()) {
            span.put("parentId", parent);
        }
        return span.put("localEndpoint", local);
    }

    /** A span has to last a microsecond at least: 0 stands for an unknown duration. */
    private static JsonObject timed(JsonObject span, long startNanos, long nanos) {
        return span.put("timestamp", startNanos / MICRO).put("duration", Math.max(1, nanos / MICRO));
    }

    private static JsonObject remote(JournalEntry entry, AttemptEntry attempt) {
        JsonObject remote = new JsonObject()
                .put("serviceName", entry.place().upstream().toLowerCase(Locale.ROOT))
                .put("port", attempt.port());
        if (IpAddress.parse(attempt.host()).length > 0) {
            remote.put(attempt.host().indexOf(':') < 0 ? "ipv4" : "ipv6", attempt.host());
        }
        return remote;
    }

    /** Tags are texts; {@code error} marks a failed span. */
    private static JsonObject tags(Map<String, Object> facts) {
        JsonObject tags = new JsonObject();
        facts.forEach((key, value) -> tags.put(key, value.toString()));
        Object error = facts.get("error.type");
        return error == null ? tags : tags.put("error", error.toString());
    }
}

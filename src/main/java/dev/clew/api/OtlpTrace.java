package dev.clew.api;

import dev.clew.journal.AttemptEntry;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Outcome;
import dev.clew.journal.TraceIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Requests as spans in OTLP's JSON (OpenTelemetry protocol, "JSON Protobuf Encoding"): IDs in hexadecimal, enumerations
 * as numbers, 64-bit integers as texts, names in lowerCamelCase.
 */
final class OtlpTrace {

    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int ERROR = 2;
    private static final int SAMPLED = 1;

    private final Map<String, String> resource;
    private final String version;

    /** @param resource attributes of the gateway, such as {@code service.name} */
    OtlpTrace(Map<String, String> resource, String version) {
        this.resource = resource;
        this.version = version;
    }

    JsonObject of(List<JournalEntry> entries) {
        JsonArray spans = new JsonArray();
        for (JournalEntry entry : entries) {
            spans.add(server(entry));
            entry.attempts().forEach(attempt -> spans.add(client(entry, attempt)));
        }
        JsonArray attributes = new JsonArray();
        resource.forEach((key, value) -> attributes.add(attribute(key, value)));
        JsonObject scope = new JsonObject().put("name", "dev.clew").put("version", version);
        return new JsonObject()
                .put(
                        "resourceSpans",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("resource", new JsonObject().put("attributes", attributes))
                                        .put(
                                                "scopeSpans",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("scope", scope)
                                                                .put("spans", spans)))));
    }

    private static JsonObject server(JournalEntry entry) {
        Outcome outcome = entry.outcome();
        TraceIds ids = entry.ids();
        JsonArray attributes = new JsonArray();
        SpanFacts.ofRequest(entry).forEach((key, value) -> attributes.add(attribute(key, value)));
        JsonObject span = span(ids, ids.spanId(), ids.parentSpanId(), SpanFacts.name(entry), SERVER)
                .put("startTimeUnixNano", Long.toString(outcome.startEpochNanos()))
                .put("endTimeUnixNano", Long.toString(outcome.startEpochNanos() + outcome.durationNanos()))
                .put("attributes", attributes)
                .put("status", status(SpanFacts.isFailed(outcome)));
        if (ids.linkedTraceId() != null) {
            span.put(
                    "links",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("traceId", ids.linkedTraceId())
                                    .put("spanId", ids.linkedSpanId())));
        }
        return span;
    }

    private static JsonObject client(JournalEntry entry, AttemptEntry attempt) {
        long start = entry.outcome().startEpochNanos() + attempt.times().start();
        JsonArray attributes = new JsonArray();
        SpanFacts.ofAttempt(entry, attempt).forEach((key, value) -> attributes.add(attribute(key, value)));
        return span(entry.ids(), attempt.spanId(), entry.id(), entry.subject().method(), CLIENT)
                .put("startTimeUnixNano", Long.toString(start))
                .put(
                        "endTimeUnixNano",
                        Long.toString(start + Math.max(0, attempt.times().total())))
                .put("attributes", attributes)
                .put("status", status(attempt.error() != null || attempt.status() >= 400));
    }

    private static JsonObject span(TraceIds ids, String id, String parent, String name, int kind) {
        JsonObject span = new JsonObject().put("traceId", ids.traceId()).put("spanId", id);
        if (!parent.isEmpty()) {
            span.put("parentSpanId", parent);
        }
        return span.put("flags", ids.sampled() ? SAMPLED : 0).put("name", name).put("kind", kind);
    }

    private static JsonObject status(boolean failed) {
        return failed ? new JsonObject().put("code", ERROR) : new JsonObject();
    }

    private static JsonObject attribute(String key, Object value) {
        JsonObject typed = value instanceof Long number
                ? new JsonObject().put("intValue", Long.toString(number))
                : new JsonObject().put("stringValue", value.toString());
        return new JsonObject().put("key", key).put("value", typed);
    }
}

package dev.clew.api;

import dev.clew.journal.AttemptEntry;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Outcome;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A kept request in the words of the access log. */
final class LogLine {

    private static final long MICRO = 1_000;

    private LogLine() {}

    static JsonObject of(JournalEntry entry) {
        Outcome outcome = entry.outcome();
        JsonObject line = new JsonObject()
                .put("time", ApiJson.time(outcome.startEpochNanos()))
                .put("trace_id", entry.ids().traceId())
                .put("span_id", entry.ids().spanId())
                .put("sampled", entry.ids().sampled());
        put(line, "kept", outcome.kept());
        put(line, "linked_trace_id", entry.ids().linkedTraceId());
        put(line, "tenant", ApiJson.orNull(entry.place().tenant()));
        put(line, "route", ApiJson.orNull(entry.place().route()));
        put(line, "upstream", ApiJson.orNull(entry.place().upstream()));
        line.put("method", entry.subject().method())
                .put("protocol", entry.subject().protocol())
                .put("status", outcome.status())
                .put("duration_us", outcome.durationNanos() / MICRO)
                .put("request_bytes", outcome.requestBytes())
                .put("response_bytes", outcome.responseBytes())
                .put("attempts", entry.attempts().size());
        AttemptEntry last = entry.lastAttempt();
        if (last != null) {
            line.put("endpoint", last.endpoint());
            put(line, "upstream_us", last.times().firstByte() < 0 ? null : last.times().firstByte() / MICRO);
        }
        put(line, "grpc_status", outcome.grpcStatus());
        put(line, "error", outcome.error());
        return line;
    }

    private static void put(JsonObject line, String name, @Nullable Object value) {
        if (value != null) {
            line.put(name, value);
        }
    }
}

package dev.clew.api;

import dev.clew.journal.AttemptEntry;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names and attributes of a kept request's spans, by OpenTelemetry's conventions. Values are texts and longs. */
final class SpanFacts {

    private SpanFacts() {}

    static String name(JournalEntry entry) {
        String method = entry.subject().method();
        String verb = method.startsWith("_") ? "HTTP" : method;
        return entry.place().template().isEmpty()
                ? verb
                : verb + ' ' + entry.place().template();
    }

    static boolean isFailed(Outcome outcome) {
        return outcome.status() >= 500;
    }

    static Map<String, Object> ofRequest(JournalEntry entry) {
        Outcome outcome = entry.outcome();
        Map<String, Object> facts = common(entry);
        put(facts, "http.route", ApiJson.orNull(entry.place().template()));
        put(facts, "network.protocol.version", entry.subject().protocol());
        facts.put("http.response.status_code", (long) outcome.status());
        put(facts, "clew.error", outcome.error());
        put(facts, "error.type", isFailed(outcome) ? error(outcome.error(), outcome.status()) : null);
        return facts;
    }

    static Map<String, Object> ofAttempt(JournalEntry entry, AttemptEntry attempt) {
        Map<String, Object> facts = common(entry);
        facts.put("server.address", attempt.host());
        facts.put("server.port", (long) attempt.port());
        if (attempt.status() != 0) {
            facts.put("http.response.status_code", (long) attempt.status());
        }
        int before = entry.attempts().indexOf(attempt);
        if (before > 0) {
            facts.put("http.request.resend_count", (long) before);
        }
        boolean failed = attempt.error() != null || attempt.status() >= 400;
        put(facts, "error.type", failed ? error(attempt.error(), attempt.status()) : null);
        return facts;
    }

    private static String error(@Nullable String code, int status) {
        return code == null ? Integer.toString(status) : code;
    }

    private static Map<String, Object> common(JournalEntry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("http.request.method", entry.subject().method());
        put(facts, "tenant.id", ApiJson.orNull(entry.place().tenant()));
        put(facts, "clew.route", ApiJson.orNull(entry.place().route()));
        put(facts, "clew.upstream", ApiJson.orNull(entry.place().upstream()));
        return facts;
    }

    private static void put(Map<String, Object> facts, String key, @Nullable String value) {
        if (value != null) {
            facts.put(key, value);
        }
    }
}

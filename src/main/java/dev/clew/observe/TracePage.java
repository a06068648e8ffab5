package dev.clew.observe;

import dev.clew.explain.Story;
import dev.clew.journal.AttemptEntry;
import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Responds to {@code GET /q/traces/{trace-id}} from the journal: 200, or 400 or 404 as a problem document (RFC 9457).
 */
public final class TracePage {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int ID_DIGITS = 32;

    private final Journal journal;

    public TracePage(Journal journal) {
        this.journal = journal;
    }

    /**
     * A response of the management port.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param body JSON
     */
    public record Response(int status, String contentType, String body) {}

    /** Reads the journal: never call it on an event loop. */
    public Response respond(String traceId) {
        String id = traceId.toLowerCase(Locale.ROOT);
        if (!isTraceId(id)) {
            return problem(400, "malformed-trace-id", "A trace ID has 32 hexadecimal digits, not all of them 0.");
        }
        if (!journal.isEnabled()) {
            return problem(
                    404,
                    "journal-off",
                    "Requests are kept only if journal.enabled in gateway/gateway.yaml is true. Look the trace up in"
                            + " the trace backend or the access log.");
        }
        List<JournalEntry> found = journal.byTraceId(id);
        if (found.isEmpty()) {
            return problem(
                    404,
                    "trace-not-found",
                    "No request of this trace is kept here: it is older than those kept, or another replica handled"
                            + " it. The access log has every request.");
        }
        JsonArray requests = new JsonArray();
        found.forEach(entry -> requests.add(json(entry)));
        JsonObject trace = new JsonObject().put("traceId", id).put("requests", requests);
        return new Response(200, "application/json", trace.encodePrettily());
    }

    private static boolean isTraceId(String id) {
        boolean zero = true;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
            zero &= c == '0';
        }
        return id.length() == ID_DIGITS && !zero;
    }

    private static JsonObject json(JournalEntry entry) {
        JsonArray attempts = new JsonArray();
        for (AttemptEntry attempt : entry.attempts()) {
            attempts.add(new JsonObject()
                    .put("spanId", attempt.spanId())
                    .put("endpoint", attempt.endpoint())
                    .put("status", attempt.status() == 0 ? null : attempt.status())
                    .put("error", attempt.error()));
        }
        return new JsonObject()
                .put("id", entry.id())
                .put(
                        "time",
                        Instant.ofEpochSecond(0, entry.outcome().startEpochNanos())
                                .toString())
                .put("durationMs", entry.outcome().durationNanos() / NANOS_PER_MILLI)
                .put("tenant", entry.place().tenant())
                .put("route", entry.place().route())
                .put("status", entry.outcome().status())
                .put("error", entry.outcome().error())
                .put("worth", entry.worth().token())
                .put("story", Story.of(entry))
                .put("attempts", attempts);
    }

    private static Response problem(int status, String code, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "urn:clew:error:" + code)
                .put("title", status == 400 ? "Bad Request" : "Not Found")
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        return new Response(status, "application/problem+json", problem.encode());
    }
}

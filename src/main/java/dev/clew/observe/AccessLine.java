package dev.clew.observe;

import dev.clew.config.gateway.LogField;
import dev.clew.journal.AttemptEntry;
import dev.clew.journal.Circumstances;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a request as a line of the access log: a JSON object with the chosen fields that apply. */
public final class AccessLine {

    private static final int TYPICAL_LINE = 384;
    private static final long MICRO = 1_000;

    private final LogField[] fields;
    private final boolean chosen;

    /**
     * @param fields in the order of lines; empty for the standard ones, with which the host is shown if no route
     *     matched
     */
    public AccessLine(List<LogField> fields) {
        this.chosen = !fields.isEmpty();
        this.fields = (chosen ? fields : LogField.standard()).toArray(LogField[]::new);
    }

    /** Returns the line. */
    public String of(JournalEntry entry) {
        JsonLine line = new JsonLine(TYPICAL_LINE);
        for (LogField field : fields) {
            add(field, entry, line);
        }
        return line.end();
    }

    private void add(LogField field, JournalEntry entry, JsonLine line) {
        Outcome outcome = entry.outcome();
        String name = field.token();
        switch (field) {
            case TIME ->
                line.plain(
                        name,
                        Instant.ofEpochSecond(0, outcome.startEpochNanos() / MICRO * MICRO)
                                .toString());
            case TRACE_ID -> line.plain(name, entry.ids().traceId());
            case SPAN_ID -> line.plain(name, entry.ids().spanId());
            case SAMPLED -> line.flag(name, entry.ids().sampled());
            case KEPT -> line.plain(name, outcome.kept());
            case LINKED_TRACE_ID -> line.plain(name, entry.ids().linkedTraceId());
            // Configured names are restricted to characters that JSON does not escape.
            case TENANT -> line.plain(name, named(entry.place().tenant()));
            case ROUTE -> line.plain(name, named(entry.place().route()));
            case UPSTREAM -> line.plain(name, named(entry.place().upstream()));
            case HOST -> line.text(name, isHostShown(entry) ? entry.subject().host() : null);
            case METHOD -> line.plain(name, entry.subject().method());
            case PATH -> line.text(name, entry.subject().path());
            case PROTOCOL -> line.plain(name, entry.subject().protocol());
            case STATUS -> line.number(name, outcome.status());
            case DURATION -> line.number(name, outcome.durationNanos() / MICRO);
            case REQUEST_BYTES -> line.number(name, outcome.requestBytes());
            case RESPONSE_BYTES -> line.number(name, outcome.responseBytes());
            case GRPC_STATUS -> line.plain(name, outcome.grpcStatus());
            case ERROR -> line.plain(name, outcome.error());
            case CLIENT_NETWORK -> line.plain(name, entry.subject().network());
            case WORTH -> line.plain(name, entry.worth().token());
            case ATTEMPTS, ENDPOINT, UPSTREAM_DURATION, ATTEMPT_LIST -> addAttempts(field, entry, line);
            case NEAREST_ROUTE, MISSED -> addNearest(field, entry.circumstances(), line);
        }
    }

    private boolean isHostShown(JournalEntry entry) {
        return chosen || entry.place().route().isEmpty();
    }

    private static @Nullable String named(String name) {
        return name.isEmpty() ? null : name;
    }

    private static void addNearest(LogField field, @Nullable Circumstances circumstances, JsonLine line) {
        Decision nearest = circumstances == null ? null : circumstances.nearest();
        if (nearest != null) {
            line.text(field.token(), field == LogField.MISSED ? nearest.why() : nearest.missedRoute());
        }
    }

    /** The endpoint and duration are the last attempt's, which decided the response. */
    private static void addAttempts(LogField field, JournalEntry entry, JsonLine line) {
        List<AttemptEntry> attempts = entry.attempts();
        AttemptEntry last = entry.lastAttempt();
        switch (field) {
            case ATTEMPTS -> line.number(field.token(), attempts.size());
            case ENDPOINT -> line.plain(field.token(), last == null ? null : last.host() + ':' + last.port());
            case UPSTREAM_DURATION -> {
                if (last != null) {
                    line.number(field.token(), duration(last));
                }
            }
            default -> {
                line.begin(field.token());
                attempts.forEach(attempt -> line.item(inner -> add(attempt, inner)));
                line.endList();
            }
        }
    }

    private static void add(AttemptEntry attempt, JsonLine line) {
        line.plain("span_id", attempt.spanId());
        line.plain("endpoint", attempt.host() + ':' + attempt.port());
        if (attempt.status() != 0) {
            line.number("status", attempt.status());
        }
        line.plain("error", attempt.error());
        line.number("upstream_us", duration(attempt));
    }

    /** Returns the time to the response head, or to the end without one, in microseconds. */
    private static long duration(AttemptEntry attempt) {
        long firstByte = attempt.times().firstByte();
        return (firstByte == AttemptEntry.NONE ? attempt.times().total() : firstByte) / MICRO;
    }
}

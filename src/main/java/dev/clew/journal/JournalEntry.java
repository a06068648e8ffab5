package dev.clew.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ended request, as the journal keeps it and the access log writes it: plain data from an allow-list.
 *
 * @param subject what was requested
 * @param attempts in their order
 * @param circumstances null for ordinary requests, and for those beyond the number kept per second; they have a short
 *     trail
 */
public record JournalEntry(
        TraceIds ids,
        Place place,
        Subject subject,
        Outcome outcome,
        Worth worth,
        List<AttemptEntry> attempts,
        @Nullable Circumstances circumstances) {

    /** Returns the request's ID: that of its SERVER span. */
    public String id() {
        return ids.spanId();
    }

    /** Returns whether the request is stored with those worth keeping. */
    boolean isKept() {
        return circumstances != null;
    }

    boolean isSlowestOfMinute() {
        return circumstances != null && circumstances.slowestOfMinute();
    }

    /** Returns the last attempt, which decided the response; null if there was none. */
    public @Nullable AttemptEntry lastAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }
}

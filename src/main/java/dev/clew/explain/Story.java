package dev.clew.explain;

import dev.clew.journal.AttemptEntry;
import dev.clew.journal.Circumstances;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The story of a request in one sentence, the same in the console, the API and the command line. */
public final class Story {

    private static final String TLS_FAILED = "tls-handshake-failed";
    private static final String THEN = " › ";

    private Story() {}

    /** Returns the story of an ended request. */
    public static String of(JournalEntry entry) {
        Circumstances circumstances = entry.circumstances();
        if (TLS_FAILED.equals(entry.outcome().error())) {
            String detail = circumstances == null ? null : circumstances.detail();
            return "the TLS handshake failed" + (detail == null ? "" : ": " + detail);
        }
        List<String> parts = new ArrayList<>();
        String tenant = entry.place().tenant();
        parts.add(tenant.isEmpty() ? withoutTenant(entry) : '`' + tenant + '`');
        if (!entry.place().route().isEmpty()) {
            parts.add("route `" + entry.place().route() + '`');
        } else if (!tenant.isEmpty()) {
            parts.add(withoutRoute(entry));
        }
        if (!entry.attempts().isEmpty()) {
            parts.add(attempts(entry));
        }
        String end = end(entry);
        if (!end.isEmpty()) {
            parts.add(end);
        }
        return String.join(THEN, parts);
    }

    private static String withoutTenant(JournalEntry entry) {
        String host = entry.subject().host();
        return host == null ? "no host" : "no tenant has the host " + host;
    }

    private static String withoutRoute(JournalEntry entry) {
        String path = entry.subject().path();
        return "no route matches " + entry.subject().method() + (path == null ? "" : " " + path) + nearest(entry);
    }

    private static String nearest(JournalEntry entry) {
        Circumstances circumstances = entry.circumstances();
        Decision nearest = circumstances == null ? null : circumstances.nearest();
        return nearest == null ? "" : ", the nearest is `" + nearest.missedRoute() + "` (" + nearest.why() + ")";
    }

    private static String attempts(JournalEntry entry) {
        int count = entry.attempts().size();
        StringBuilder text = new StringBuilder()
                .append(count)
                .append(count == 1 ? " attempt at `" : " attempts at `")
                .append(entry.place().upstream())
                .append("`: ");
        for (int i = 0; i < count; i++) {
            AttemptEntry attempt = entry.attempts().get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(attempt.endpoint())
                    .append(' ')
                    .append(result(attempt));
        }
        return text.toString();
    }

    private static String result(AttemptEntry attempt) {
        String error = attempt.error();
        long time = attempt.times().firstByte() == AttemptEntry.NONE
                ? attempt.times().total()
                : attempt.times().firstByte();
        String after = time == AttemptEntry.NONE ? "" : " after " + Millis.text(time);
        if (error == null) {
            return "responded " + attempt.status() + after;
        }
        return (attempt.status() == 0 ? "" : "responded " + attempt.status() + after + ", then ")
                + failure(error)
                + (attempt.status() == 0 ? after : "");
    }

    private static String failure(String error) {
        return switch (error) {
            case "upstream-unreachable" -> "refused the connection";
            case "upstream-reset" -> "reset the connection";
            case "upstream-invalid-response" -> "sent an invalid response";
            case "connect-timeout" -> "did not accept the connection in time";
            case "response-timeout" -> "did not respond in time";
            case "idle-timeout" -> "stopped sending";
            case "client-closed-request" -> "was left when the client disconnected";
            default -> "failed with " + error;
        };
    }

    /** Returns the end, unless the last attempt tells it already. */
    private static String end(JournalEntry entry) {
        Outcome outcome = entry.outcome();
        @Nullable AttemptEntry last = entry.lastAttempt();
        String error = outcome.error();
        String after = " after " + Millis.text(outcome.durationNanos());
        if ("client-closed-request".equals(error)) {
            return "the client disconnected" + after;
        }
        if (error != null) {
            return "the gateway responded " + outcome.status() + " (" + error + ")" + after;
        }
        if (last == null) {
            return "the gateway responded " + outcome.status() + after;
        }
        return last.status() == outcome.status() ? "" : "the client got " + outcome.status() + after;
    }
}

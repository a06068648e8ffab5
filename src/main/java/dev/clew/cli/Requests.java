package dev.clew.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of the API as lines of text. */
final class Requests {

    private Requests() {}

    /** Returns one line: when, how it ended, and what it was. */
    static String line(JsonObject request) {
        List<String> parts = new ArrayList<>();
        parts.add(request.getString("time", ""));
        parts.add(String.valueOf(request.getInteger("status", 0)));
        parts.add(orDash(Millis.of(request, "durationMs")));
        for (String name : List.of("tenant", "route", "method", "host", "path", "error")) {
            parts.add(orDash(request.getString(name)));
        }
        parts.add(request.getString("traceId", ""));
        return String.join(" ", parts);
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }

    /** Returns a line for each attempt. */
    static List<String> attempts(JsonArray attempts) {
        Table table = new Table();
        for (int i = 0; i < attempts.size(); i++) {
            JsonObject attempt = attempts.getJsonObject(i);
            @Nullable String error = attempt.getString("error");
            table.row(
                    "  attempt " + (i + 1),
                    attempt.getString("endpoint"),
                    error == null ? String.valueOf(attempt.getValue("status", "-")) : error,
                    times(attempt));
        }
        return table.lines();
    }

    private static String times(JsonObject attempt) {
        List<String> times = new ArrayList<>();
        times.add(attempt.getString("connection", "") + " connection");
        for (String name : List.of("dnsMs", "connectMs", "tlsMs", "firstByteMs", "totalMs")) {
            @Nullable String value = Millis.of(attempt, name);
            if (value != null) {
                times.add(name.substring(0, name.length() - 2) + ' ' + value);
            }
        }
        return String.join(", ", times);
    }
}

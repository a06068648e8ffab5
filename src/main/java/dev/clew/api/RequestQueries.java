package dev.clew.api;

import dev.clew.journal.JournalQuery;
import dev.clew.journal.JournalQuery.Names;
import dev.clew.journal.JournalQuery.StatusRange;
import dev.clew.journal.JournalQuery.Time;
import dev.clew.journal.Worth;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters of requests, as the parameters of a query. */
final class RequestQueries {

    static final Set<String> PARAMETERS = Set.of(
            "tenant",
            "route",
            "status",
            "error",
            "slower-than",
            "since",
            "until",
            "upstream",
            "endpoint",
            "trace-id",
            "worth");

    private static final int TRACE_ID_DIGITS = 32;

    private RequestQueries() {}

    /**
     * Returns the query, within what the caller may see.
     *
     * @throws ApiFailure for an invalid value
     */
    static JournalQuery of(ApiRequest request) {
        Duration slower = request.duration("slower-than");
        return new JournalQuery(
                new Names(request.tenants(), request.text("route"), request.text("upstream"), request.text("endpoint")),
                status(request.text("status")),
                request.text("error"),
                slower == null ? 0 : slower.toNanos(),
                new Time(request.time("since", Long.MIN_VALUE), request.time("until", Long.MAX_VALUE)),
                traceId(request.text("trace-id")),
                worth(request.text("worth")));
    }

    private static @Nullable StatusRange status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        boolean digits = text.length() == 3 && text.charAt(0) >= '1' && text.charAt(0) <= '5';
        if (digits && text.endsWith("xx")) {
            int from = (text.charAt(0) - '0') * 100;
            return new StatusRange(from, from + 99);
        }
        if (digits && Character.digit(text.charAt(1), 10) >= 0 && Character.digit(text.charAt(2), 10) >= 0) {
            int code = Integer.parseInt(text);
            return new StatusRange(code, code);
        }
        throw ApiFailure.invalid("status", "a status such as 502, or a class such as 5xx");
    }

    private static @Nullable String traceId(@Nullable String text) {
        return text == null ? null : traceIdOf(text, "trace-id");
    }

    /** Returns a trace ID or its beginning, in lower case. */
    static String traceIdOf(String text, String parameter) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean hexadecimal = !lower.isEmpty()
                && lower.length() <= TRACE_ID_DIGITS
                && lower.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        if (!hexadecimal) {
            throw ApiFailure.invalid(parameter, "1 to " + TRACE_ID_DIGITS + " hexadecimal digits");
        }
        return lower;
    }

    /** Returns a whole trace ID, in lower case. */
    static String wholeTraceId(String text) {
        if (text.length() != TRACE_ID_DIGITS) {
            throw ApiFailure.invalid("trace ID", TRACE_ID_DIGITS + " hexadecimal digits");
        }
        return traceIdOf(text, "trace ID");
    }

    private static @Nullable Worth worth(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (Worth worth : Worth.values()) {
            if (worth.token().equals(text)) {
                return worth;
            }
        }
        throw ApiFailure.invalid(
                "worth", Arrays.stream(Worth.values()).map(Worth::token).collect(Collectors.joining(", ")));
    }
}

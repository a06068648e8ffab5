package dev.clew.trace.context;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trace that a service reports to have continued from {@code traceresponse} (W3C Trace Context, editors'
 * draft, "Trace Context HTTP Response Headers Format") and {@code Server-Timing} (W3C Server Timing, section 2).
 */
public final class TraceResponseReader {

    private static final String DESCRIPTION = "desc";

    private TraceResponseReader() {}

    /**
     * Compares the trace named by a response with the trace sent. The first readable name counts; {@code traceresponse}
     * takes precedence over {@code Server-Timing}. Never throws, whatever the lines hold.
     *
     * @param traceResponses every line of {@code traceresponse}: {@code <version>-<trace-id>-<child-id>-<flags>}
     * @param serverTimings every line of {@code Server-Timing}; of its entries {@code trace;desc=} and
     *     {@code traceparent;desc=} are read, with a trace ID or a {@code traceparent}, quoted or not
     * @param traceId the trace ID sent: 32 lower-case hexadecimal digits
     */
    public static TraceResponse read(List<String> traceResponses, List<String> serverTimings, String traceId) {
        String named = null;
        for (int i = 0; named == null && i < traceResponses.size(); i++) {
            named = fromTraceParent(traceResponses.get(i));
        }
        for (int i = 0; named == null && i < serverTimings.size(); i++) {
            named = fromServerTiming(serverTimings.get(i));
        }
        if (named == null) {
            return TraceResponse.SILENT;
        }
        return named.equals(traceId) ? TraceResponse.CONTINUED : TraceResponse.CONTRADICTED;
    }

    /**
     * Reads {@code traceresponse}: the draft gives it the grammar of {@code traceparent}, with the responding span as
     * parent.
     */
    private static @Nullable String fromTraceParent(String value) {
        return TraceParent.parse(value) instanceof Inbound.Valid valid
                ? valid.context().traceId()
                : null;
    }

    private static @Nullable String fromServerTiming(String line) {
        String named = null;
        for (int from = 0; named == null && from < line.length(); ) {
            int to = end(line, from, line.length(), ',');
            named = fromEntry(line, from, to);
            from = to + 1;
        }
        return named;
    }

    private static @Nullable String fromEntry(String line, int from, int to) {
        int nameEnd = end(line, from, to, ';');
        if (!is(line, from, nameEnd, "trace") && !is(line, from, nameEnd, "traceparent")) {
            return null;
        }
        for (int start = nameEnd + 1; start < to; ) {
            int stop = end(line, start, to, ';');
            int equals = end(line, start, stop, '=');
            if (is(line, start, equals, DESCRIPTION)) {
                // Of a repeated parameter the first counts.
                return equals < stop ? fromDescription(line, equals + 1, stop) : null;
            }
            start = stop + 1;
        }
        return null;
    }

    private static @Nullable String fromDescription(String line, int from, int to) {
        int start = Ows.skip(line, from, to);
        int stop = Ows.trim(line, start, to);
        if (stop - start >= 2 && line.charAt(start) == '"' && line.charAt(stop - 1) == '"') {
            start++;
            stop--;
        }
        String value = line.substring(start, stop);
        if (value.length() == TraceContext.TRACE_ID_LENGTH) {
            return Hex.isId(value, 0, value.length()) ? value : null;
        }
        return fromTraceParent(value);
    }

    /**
     * Returns the position of the next delimiter outside quoted strings (RFC 9110 section 5.6.4); {@code to} if there
     * is none.
     */
    private static int end(String line, int from, int to, char delimiter) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            if (c == delimiter && !quoted) {
                return i;
            }
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            }
        }
        return to;
    }

    /** Returns true if the range holds the word, in any case, with nothing but white space around it. */
    private static boolean is(String line, int from, int to, String word) {
        int start = Ows.skip(line, from, to);
        int length = Ows.trim(line, start, to) - start;
        return length == word.length() && line.regionMatches(true, start, word, 0, length);
    }
}

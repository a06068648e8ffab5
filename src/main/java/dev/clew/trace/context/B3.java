package dev.clew.trace.context;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * B3 propagation (openzipkin/b3-propagation): in one header, {@code b3: <trace>-<span>[-<state>][-<parent>]}, or in
 * {@code X-B3-TraceId}, {@code X-B3-SpanId}, {@code X-B3-Sampled} and {@code X-B3-Flags}.
 *
 * <p>IDs are lower-case hexadecimal; a 16-digit trace ID is padded with zeros on the left. B3 does not say how a trace
 * ID was generated, so the random flag is not set. The parent's ID is neither used nor sent, because spans are not
 * shared between client and server (OpenTelemetry, Propagators API, «B3 Requirements»).
 */
public final class B3 {
    private static final int SHORT_TRACE_ID = 16;
    private static final String ZEROS = "0".repeat(TraceContext.TRACE_ID_LENGTH - SHORT_TRACE_ID);

    private B3() {}

    /** Reads both encodings: the single header, then, if that is not usable, the multiple headers. */
    static <C> Inbound read(C headers, HeaderLines<C> lines) {
        Inbound single = single(lines.of(headers, PropagationHeader.B3));
        if (single instanceof Inbound.Valid || single instanceof Inbound.DecisionOnly) {
            return single;
        }
        Inbound several = several(headers, lines);
        return several instanceof Inbound.Absent ? single : several;
    }

    private static Inbound single(List<String> lines) {
        if (lines.isEmpty()) {
            return Inbound.Absent.INSTANCE;
        }
        return lines.size() > 1 ? new Inbound.Invalid(Inbound.Reason.SEVERAL) : single(lines.get(0));
    }

    /** Reads one {@code b3} line. Never throws, whatever it holds. */
    static Inbound single(String line) {
        String value = Ows.stripped(line);
        if (value.length() == 1) {
            CallerDecision alone = decision(value.charAt(0));
            return alone == null ? new Inbound.Invalid(Inbound.Reason.FLAGS) : new Inbound.DecisionOnly(alone);
        }
        int dash = value.indexOf('-');
        int spanId = dash + 1;
        int rest = spanId + TraceContext.SPAN_ID_LENGTH;
        if (dash < 0 || !isTraceId(value, dash)) {
            return new Inbound.Invalid(Inbound.Reason.TRACE_ID);
        }
        if (value.length() < rest || !Hex.isId(value, spanId, rest)) {
            return new Inbound.Invalid(Inbound.Reason.PARENT_ID);
        }
        CallerDecision decision = decisionAfter(value, rest);
        return decision == null
                ? new Inbound.Invalid(Inbound.Reason.FLAGS)
                : valid(value.substring(0, dash), value.substring(spanId, rest), decision);
    }

    /**
     * Formats the single header for an outbound request.
     *
     * @param parent the span that becomes the receiver's parent: 16 lower-case hexadecimal digits
     */
    public static String format(StartedTrace trace, String parent) {
        String state = trace.debug() ? "-d" : trace.sampled() ? "-1" : "-0";
        return trace.traceId() + "-" + parent + state;
    }

    /**
     * Reads the part after the IDs: the sampling state and the parent's ID, each optional; null if it is anything else.
     */
    private static @Nullable CallerDecision decisionAfter(String value, int ids) {
        int state = ids + 1;
        if (value.length() == ids) {
            return CallerDecision.DEFERRED;
        }
        if (value.charAt(ids) != '-' || value.length() == state) {
            return null;
        }
        if (isParentId(value, state)) {
            return CallerDecision.DEFERRED;
        }
        int end = state + 1;
        boolean ends = value.length() == end || (value.charAt(end) == '-' && isParentId(value, end + 1));
        return ends ? decision(value.charAt(state)) : null;
    }

    private static boolean isParentId(String value, int from) {
        return value.length() == from + TraceContext.SPAN_ID_LENGTH && Hex.isLower(value, from, value.length());
    }

    private static boolean isTraceId(String value, int length) {
        return (length == SHORT_TRACE_ID || length == TraceContext.TRACE_ID_LENGTH) && Hex.isId(value, 0, length);
    }

    private static @Nullable CallerDecision decision(char state) {
        return switch (state) {
            case '0' -> CallerDecision.NOT_SAMPLED;
            case '1' -> CallerDecision.SAMPLED;
            case 'd' -> CallerDecision.DEBUG;
            default -> null;
        };
    }

    private static <C> Inbound several(C headers, HeaderLines<C> lines) {
        List<String> traceIds = lines.of(headers, PropagationHeader.B3_TRACE_ID);
        List<String> spanIds = lines.of(headers, PropagationHeader.B3_SPAN_ID);
        List<String> sampled = lines.of(headers, PropagationHeader.B3_SAMPLED);
        List<String> flags = lines.of(headers, PropagationHeader.B3_FLAGS);
        if (traceIds.size() > 1 || spanIds.size() > 1) {
            return new Inbound.Invalid(Inbound.Reason.SEVERAL);
        }
        CallerDecision decision = decision(sampled, flags);
        if (decision == null) {
            return new Inbound.Invalid(Inbound.Reason.FLAGS);
        }
        if (traceIds.isEmpty() && spanIds.isEmpty()) {
            return decision == CallerDecision.DEFERRED ? Inbound.Absent.INSTANCE : new Inbound.DecisionOnly(decision);
        }
        String traceId = traceIds.isEmpty() ? "" : Ows.stripped(traceIds.get(0));
        if (!isTraceId(traceId, traceId.length())) {
            return new Inbound.Invalid(Inbound.Reason.TRACE_ID);
        }
        String spanId = spanIds.isEmpty() ? "" : Ows.stripped(spanIds.get(0));
        return spanId.length() == TraceContext.SPAN_ID_LENGTH && Hex.isId(spanId, 0, spanId.length())
                ? valid(traceId, spanId, decision)
                : new Inbound.Invalid(Inbound.Reason.PARENT_ID);
    }

    /**
     * Reads the state headers; of each the first line counts («Multiple Headers»). Debug takes precedence over sampled.
     */
    private static @Nullable CallerDecision decision(List<String> sampled, List<String> flags) {
        if (!flags.isEmpty() && Ows.stripped(flags.get(0)).equals("1")) {
            return CallerDecision.DEBUG;
        }
        if (sampled.isEmpty()) {
            return CallerDecision.DEFERRED;
        }
        String state = Ows.stripped(sampled.get(0));
        // Older tracers send words; a lenient implementation may accept them («Sampling State»).
        if (state.equals("1") || state.equalsIgnoreCase("true")) {
            return CallerDecision.SAMPLED;
        }
        return state.equals("0") || state.equalsIgnoreCase("false") ? CallerDecision.NOT_SAMPLED : null;
    }

    private static Inbound valid(String traceId, String spanId, CallerDecision decision) {
        boolean sampled = decision == CallerDecision.SAMPLED || decision == CallerDecision.DEBUG;
        String whole = traceId.length() == SHORT_TRACE_ID ? ZEROS + traceId : traceId;
        return new Inbound.Valid(new TraceContext(whole, spanId, sampled ? TraceContext.SAMPLED : 0, ""), decision);
    }
}

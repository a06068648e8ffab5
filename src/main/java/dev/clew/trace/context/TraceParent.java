package dev.clew.trace.context;

import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} header (W3C Trace Context Level 2, section 3.2): {@code 00-<trace-id>-<parent-id>-<flags>}.
 */
public final class TraceParent {
    /** The length of version 00 in characters, the minimum of every version. */
    static final int LENGTH = 55;

    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = TRACE_ID + TraceContext.TRACE_ID_LENGTH + 1;
    private static final int FLAGS = PARENT_ID + TraceContext.SPAN_ID_LENGTH + 1;

    // One suffix for each value of the known flags.
    private static final String[] TAILS = {"-00", "-01", "-02", "-03"};

    private TraceParent() {}

    /**
     * Parses one header line.
     *
     * <p>Of a later version the first 55 characters are read (section 3.2.4) and the rest is ignored. Unknown flag bits
     * are dropped. The context has no {@code tracestate} yet.
     *
     * @param line as received; surrounding spaces and tabs are not part of the value (RFC 9110, section 5.5)
     * @return never {@link Inbound.Absent}; never throws, whatever the line holds
     */
    public static Inbound parse(String line) {
        String value = Ows.stripped(line);
        Inbound.Reason fault = fault(value);
        if (fault != null) {
            return new Inbound.Invalid(fault);
        }
        byte flags = (byte) (Hex.value(value, FLAGS, LENGTH) & TraceContext.KNOWN_FLAGS);
        return new Inbound.Valid(new TraceContext(
                value.substring(TRACE_ID, PARENT_ID - 1), value.substring(PARENT_ID, FLAGS - 1), flags, ""));
    }

    private static Inbound.@Nullable Reason fault(String value) {
        int length = value.length();
        if (length < LENGTH) {
            return Inbound.Reason.TOO_SHORT;
        }
        if (!Hex.isLower(value, 0, 2) || value.charAt(2) != '-' || value.startsWith("ff")) {
            return Inbound.Reason.VERSION;
        }
        if (!Hex.isId(value, TRACE_ID, PARENT_ID - 1) || value.charAt(PARENT_ID - 1) != '-') {
            return Inbound.Reason.TRACE_ID;
        }
        if (!Hex.isId(value, PARENT_ID, FLAGS - 1) || value.charAt(FLAGS - 1) != '-') {
            return Inbound.Reason.PARENT_ID;
        }
        if (!Hex.isLower(value, FLAGS, LENGTH)) {
            return Inbound.Reason.FLAGS;
        }
        boolean more = length > LENGTH;
        boolean mayHaveMore = more && value.charAt(LENGTH) == '-' && !value.startsWith("00");
        return more && !mayHaveMore ? Inbound.Reason.TRAILING_DATA : null;
    }

    /**
     * Formats the header with {@code spanId} as the parent, in version 00, the highest known here.
     *
     * @param traceId 32 lower-case hexadecimal digits
     * @param spanId 16 lower-case hexadecimal digits
     * @param flags see {@link TraceContext#flags}; other bits are sent as zero (section 3.2.2.5.3)
     */
    public static String format(String traceId, String spanId, byte flags) {
        // One concatenation of four strings: a single array of the final size, and no formatter.
        return "00-" + traceId + "-" + spanId + TAILS[flags & TraceContext.KNOWN_FLAGS];
    }
}

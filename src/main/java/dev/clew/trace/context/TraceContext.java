package dev.clew.trace.context;

/**
 * A place in a trace, as it travels between services (W3C Trace Context Level 2, section 3).
 *
 * <p>Only the lengths are checked here. The characters are checked once, where a header is read ({@link TraceParent}),
 * because this is made for every request.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentSpanId 16 lower-case hexadecimal digits, not all zero; empty when there is no parent
 * @param flags {@link #SAMPLED} and {@link #RANDOM}; no other bit is set, because the specification reserves them
 * @param traceState the {@code tracestate} list, ready to be sent; empty when there is none
 */
public record TraceContext(String traceId, String parentSpanId, byte flags, String traceState) {
    /** The caller may have recorded this trace (section 3.2.2.5.1). */
    public static final byte SAMPLED = 0x01;

    /** At least the last 7 bytes of the trace ID were chosen at random (section 3.2.2.5.2). */
    public static final byte RANDOM = 0x02;

    static final int KNOWN_FLAGS = SAMPLED | RANDOM;
    static final int TRACE_ID_LENGTH = 32;
    static final int SPAN_ID_LENGTH = 16;

    public TraceContext {
        if (traceId.length() != TRACE_ID_LENGTH) {
            throw new IllegalArgumentException("traceId: " + traceId + " (expected: 32 hexadecimal digits)");
        }
        if (!parentSpanId.isEmpty() && parentSpanId.length() != SPAN_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "parentSpanId: " + parentSpanId + " (expected: 16 hexadecimal digits or nothing)");
        }
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new IllegalArgumentException("flags: " + flags + " (expected: no bits but 0x01 and 0x02)");
        }
    }

    /** Whether whoever sent this says that the trace may have been recorded. */
    public boolean sampled() {
        return (flags & SAMPLED) != 0;
    }

    /** Whether the last 7 bytes of the trace ID are known to be random. */
    public boolean random() {
        return (flags & RANDOM) != 0;
    }

    /** The same place with other flags; the same object when they are no others. */
    TraceContext withFlags(byte other) {
        return other == flags ? this : new TraceContext(traceId, parentSpanId, other, traceState);
    }

    /** The same place with another {@code tracestate}. */
    TraceContext withTraceState(String other) {
        return new TraceContext(traceId, parentSpanId, flags, other);
    }
}

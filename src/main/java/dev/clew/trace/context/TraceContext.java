package dev.clew.trace.context;

/**
 * A position in a trace, as propagated between services (W3C Trace Context Level 2, section 3).
 *
 * <p>Only lengths are checked here. Characters are checked once, where a header is read ({@link TraceParent}), because
 * an instance is created for every request.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentSpanId 16 lower-case hexadecimal digits, not all zero; empty if there is no parent
 * @param flags {@link #SAMPLED} and {@link #RANDOM}; the other bits are reserved by the specification and unset
 * @param traceState the {@code tracestate} list, ready to be sent; empty if there is none
 */
public record TraceContext(String traceId, String parentSpanId, byte flags, String traceState) {
    /** The flag of a caller that may have recorded this trace (section 3.2.2.5.1). */
    public static final byte SAMPLED = 0x01;

    /** The flag of a trace ID whose last 7 bytes, at least, are random (section 3.2.2.5.2). */
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

    /** Returns true if the sender may have recorded the trace. */
    public boolean sampled() {
        return (flags & SAMPLED) != 0;
    }

    /** Returns true if the last 7 bytes of the trace ID are known to be random. */
    public boolean random() {
        return (flags & RANDOM) != 0;
    }

    /** Returns this context with other flags; the same object if they are equal. */
    TraceContext withFlags(byte other) {
        return other == flags ? this : new TraceContext(traceId, parentSpanId, other, traceState);
    }

    /** Returns this context with another {@code tracestate}. */
    TraceContext withTraceState(String other) {
        return new TraceContext(traceId, parentSpanId, flags, other);
    }
}

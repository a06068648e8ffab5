package dev.clew.trace.context;

/** The trace context received with a request. */
public sealed interface Inbound {

    /**
     * A well-formed context; trust in it is decided elsewhere.
     *
     * @param decision the caller's decision about recording; the context's sampled flag agrees with it, and is unset
     *     for {@link CallerDecision#DEFERRED}
     */
    record Valid(TraceContext context, CallerDecision decision) implements Inbound {
        /** Creates a context in a format that cannot defer the decision (W3C Trace Context). */
        public Valid(TraceContext context) {
            this(context, context.sampled() ? CallerDecision.SAMPLED : CallerDecision.NOT_SAMPLED);
        }
    }

    /** A decision without IDs, which B3 allows ({@code b3: 0}). */
    record DecisionOnly(CallerDecision decision) implements Inbound {}

    /** No trace context. */
    record Absent() implements Inbound {
        static final Absent INSTANCE = new Absent();
    }

    /** A malformed context, which is ignored; {@code tracestate} was not read. */
    record Invalid(Reason reason) implements Inbound {}

    /** The reason why a context is ignored: a closed set, usable as a metric's tag. */
    enum Reason {
        /** More than one header line where only one is allowed. */
        SEVERAL,
        /** Fewer than 55 characters. */
        TOO_SHORT,
        /** Not two hexadecimal digits and a dash, or the forbidden {@code ff}. */
        VERSION,
        /** Not 32 lower-case hexadecimal digits (or 16 in B3) and a dash, or all zero. */
        TRACE_ID,
        /** Not 16 lower-case hexadecimal digits and a dash, or all zero. */
        PARENT_ID,
        /** Not two lower-case hexadecimal digits; in B3, no sampling state. */
        FLAGS,
        /** Text after the flags: any in version 00, any but a dash in a later one. */
        TRAILING_DATA
    }
}

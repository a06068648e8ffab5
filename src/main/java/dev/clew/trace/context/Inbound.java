package dev.clew.trace.context;

/** What a request says about the trace that it belongs to. */
public sealed interface Inbound {

    /**
     * The caller's context, well formed; nothing is said about whether it is believed.
     *
     * @param decision what the caller decided about recording; the context's sampled flag says the same, and no when
     *     the caller left it open
     */
    record Valid(TraceContext context, CallerDecision decision) implements Inbound {
        /** A context whose format has no way to leave the decision open (W3C Trace Context). */
        public Valid(TraceContext context) {
            this(context, context.sampled() ? CallerDecision.SAMPLED : CallerDecision.NOT_SAMPLED);
        }
    }

    /** No IDs, only a decision: B3 may be sent so ({@code b3: 0}). */
    record DecisionOnly(CallerDecision decision) implements Inbound {}

    /** Nothing was sent that says anything about a trace. */
    record Absent() implements Inbound {
        static final Absent INSTANCE = new Absent();
    }

    /** A context was sent and has to be ignored; {@code tracestate} was not looked at. */
    record Invalid(Reason reason) implements Inbound {}

    /** Why a context is ignored: few and fixed, so that it can be a metric's tag. */
    enum Reason {
        /** More than one header line where there must be one. */
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
        /** Something after the flags: anything in version 00, anything but a dash in a later one. */
        TRAILING_DATA
    }
}

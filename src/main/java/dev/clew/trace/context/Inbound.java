package dev.clew.trace.context;

/** What a request says about the trace that it belongs to. */
public sealed interface Inbound {

    /** The caller's context, well formed; nothing is said about whether it is believed. */
    record Valid(TraceContext context) implements Inbound {}

    /** No {@code traceparent} was sent. */
    record Absent() implements Inbound {
        static final Absent INSTANCE = new Absent();
    }

    /** A {@code traceparent} was sent and has to be ignored; {@code tracestate} was not looked at. */
    record Invalid(Reason reason) implements Inbound {}

    /** Why a {@code traceparent} is ignored: few and fixed, so that it can be a metric's tag. */
    enum Reason {
        /** More than one header line. */
        SEVERAL,
        /** Fewer than 55 characters. */
        TOO_SHORT,
        /** Not two hexadecimal digits and a dash, or the forbidden {@code ff}. */
        VERSION,
        /** Not 32 lower-case hexadecimal digits and a dash, or all zero. */
        TRACE_ID,
        /** Not 16 lower-case hexadecimal digits and a dash, or all zero. */
        PARENT_ID,
        /** Not two lower-case hexadecimal digits. */
        FLAGS,
        /** Something after the flags: anything in version 00, anything but a dash in a later one. */
        TRAILING_DATA
    }
}

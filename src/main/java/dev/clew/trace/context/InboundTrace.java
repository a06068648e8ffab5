package dev.clew.trace.context;

import java.util.List;

/** Reads what a caller sent about its trace, from all lines of both headers. */
public final class InboundTrace {
    private InboundTrace() {}

    /**
     * Reads both headers of one request.
     *
     * <p>A {@code tracestate} is looked at only when the {@code traceparent} is well formed, and a bad one is dropped
     * alone (W3C Trace Context Level 2, section 3.3).
     *
     * @param traceParents every line of {@code traceparent}, in order; two or more contradict each other, and none is
     *     believed
     * @param traceStates every line of {@code tracestate}, in order
     */
    public static Inbound read(List<String> traceParents, List<String> traceStates) {
        if (traceParents.isEmpty()) {
            return Inbound.Absent.INSTANCE;
        }
        if (traceParents.size() > 1) {
            return new Inbound.Invalid(Inbound.Reason.SEVERAL);
        }
        Inbound inbound = TraceParent.parse(traceParents.get(0));
        if (traceStates.isEmpty() || !(inbound instanceof Inbound.Valid valid)) {
            return inbound;
        }
        String traceState = TraceState.combine(traceStates);
        return traceState.isEmpty()
                ? inbound
                : new Inbound.Valid(valid.context().withTraceState(traceState));
    }
}

package dev.clew.trace.context;

import java.util.List;

/** Reads the trace context of a request from all lines of its headers. */
public final class InboundTrace {
    private InboundTrace() {}

    /**
     * Reads the context of a request in all configured formats.
     *
     * <p>As in OpenTelemetry's composite propagator, formats are read in order and a valid context replaces an earlier
     * one. Without a valid one, a decision without IDs takes precedence over a malformed context.
     */
    public static <C> Inbound read(C headers, HeaderLines<C> lines, Propagators propagators) {
        Inbound found = Inbound.Absent.INSTANCE;
        List<Propagator> formats = propagators.inOrder();
        for (int i = 0; i < formats.size(); i++) {
            Inbound next =
                    switch (formats.get(i)) {
                        case TRACECONTEXT -> traceContext(headers, lines);
                        case B3, B3MULTI -> B3.read(headers, lines);
                        case BAGGAGE -> Inbound.Absent.INSTANCE;
                    };
            found = weight(next) >= weight(found) ? next : found;
        }
        return found;
    }

    private static <C> Inbound traceContext(C headers, HeaderLines<C> lines) {
        List<String> traceParents = lines.of(headers, PropagationHeader.TRACEPARENT);
        return traceParents.isEmpty()
                ? Inbound.Absent.INSTANCE
                : read(traceParents, lines.of(headers, PropagationHeader.TRACESTATE));
    }

    private static int weight(Inbound inbound) {
        if (inbound instanceof Inbound.Valid) {
            return 3;
        }
        if (inbound instanceof Inbound.DecisionOnly) {
            return 2;
        }
        return inbound instanceof Inbound.Invalid ? 1 : 0;
    }

    /**
     * Reads the two headers of W3C Trace Context.
     *
     * <p>A {@code tracestate} is read only if the {@code traceparent} is well formed; a malformed one is dropped alone
     * (W3C Trace Context Level 2, section 3.3).
     *
     * @param traceParents every line of {@code traceparent}, in order; two or more contradict each other and all are
     *     ignored
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

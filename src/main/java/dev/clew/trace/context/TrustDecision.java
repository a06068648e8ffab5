package dev.clew.trace.context;

/**
 * Decides how much of the caller's trace context is taken over, under a tenant's policy.
 *
 * <ul>
 *   <li>{@code preserve}: trace ID, parent and {@code tracestate}; the sampler sees the caller's decision, and a
 *       parent-based one (the default) follows it. B3's debug flag overrules every sampler and is sent on.
 *   <li>{@code preserve-id}: trace ID, parent and {@code tracestate}; the sampler decides as for a new trace, so that
 *       a caller can neither force recording nor prevent it.
 *   <li>{@code restart}: nothing; the caller's context becomes a link. {@code tracestate} belongs to the caller's trace
 *       and is dropped (W3C Trace Context Level 2, section 3.4, «Restart trace»).
 * </ul>
 *
 * <p>The random flag says how the trace ID came about: it is carried with a trace ID that is taken over, and set on a
 * new one (section 3.2.2.5.2).
 */
public final class TrustDecision {
    private TrustDecision() {}

    /**
     * The trace for one request; without a usable context from the caller a new one.
     *
     * @param nowNanos as {@link System#nanoTime} counts, for a sampler with a budget
     */
    public static StartedTrace start(
            InboundTrust trust, Inbound inbound, Sampler sampler, IdSource ids, long nowNanos) {
        TraceContext caller = inbound instanceof Inbound.Valid valid ? valid.context() : null;
        // A decision that is not believed is none.
        CallerDecision decision = trust == InboundTrust.PRESERVE ? decisionOf(inbound) : CallerDecision.DEFERRED;
        boolean debug = decision == CallerDecision.DEBUG;
        if (caller == null || trust == InboundTrust.RESTART) {
            String traceId = ids.traceId();
            byte flags = (byte) (TraceContext.RANDOM | sampled(decision, sampler, traceId, nowNanos));
            return new StartedTrace(new TraceContext(traceId, "", flags, ""), ids.spanId(), caller, debug, trust);
        }
        int sampled = sampled(decision, sampler, caller.traceId(), nowNanos);
        byte flags = (byte) (caller.flags() & ~TraceContext.SAMPLED | sampled);
        return new StartedTrace(caller.withFlags(flags), ids.spanId(), null, debug, trust);
    }

    private static CallerDecision decisionOf(Inbound inbound) {
        if (inbound instanceof Inbound.Valid valid) {
            return valid.decision();
        }
        return inbound instanceof Inbound.DecisionOnly alone ? alone.decision() : CallerDecision.DEFERRED;
    }

    /** The sampled flag. */
    private static int sampled(CallerDecision decision, Sampler sampler, String traceId, long nowNanos) {
        boolean sampled =
                switch (decision) {
                    case DEBUG -> true;
                    case SAMPLED -> sampler.sample(traceId, true, nowNanos);
                    case NOT_SAMPLED -> sampler.sample(traceId, false, nowNanos);
                    case DEFERRED -> sampler.sample(traceId, null, nowNanos);
                };
        return sampled ? TraceContext.SAMPLED : 0;
    }
}

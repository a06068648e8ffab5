package dev.clew.trace.context;

/**
 * Applies a tenant's trust policy to the caller's trace context.
 *
 * <ul>
 *   <li>{@code preserve}: accepts trace ID, parent and {@code tracestate}; the sampler gets the caller's decision,
 *       and a parent-based one (the default) follows it. B3's debug flag overrides every sampler and is sent on.
 *   <li>{@code preserve-id}: accepts trace ID, parent and {@code tracestate}; the sampler decides as for a new
 *       trace, so that a caller can neither force recording nor prevent it.
 *   <li>{@code restart}: accepts nothing; the caller's context becomes a link. {@code tracestate} belongs to the
 *       caller's trace and is dropped (W3C Trace Context Level 2, section 3.4, «Restart trace»).
 * </ul>
 *
 * <p>The random flag describes how the trace ID was generated: it is kept with an accepted trace ID and set on a new
 * one (section 3.2.2.5.2).
 */
public final class TrustDecision {
    private TrustDecision() {}

    /**
     * Starts the trace of a request; a new one if the caller sent no usable context.
     *
     * @param nowNanos the current time of {@link System#nanoTime}, for a sampler with a budget
     */
    public static StartedTrace start(
            InboundTrust trust, Inbound inbound, Sampler sampler, IdSource ids, long nowNanos) {
        TraceContext caller = inbound instanceof Inbound.Valid valid ? valid.context() : null;
        // An untrusted decision counts as none.
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

    /** Returns the sampled flag. */
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

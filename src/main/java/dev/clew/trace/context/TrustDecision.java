package dev.clew.trace.context;

import org.jspecify.annotations.Nullable;

/**
 * Decides how much of the caller's trace context is taken over, under a tenant's policy.
 *
 * <ul>
 *   <li>{@code preserve}: trace ID, parent and {@code tracestate}; the sampler sees the caller's sampled flag, and a
 *       parent-based one (the default) follows it.
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

    /** The trace for one request; without a usable context from the caller a new one. */
    public static StartedTrace start(InboundTrust trust, Inbound inbound, Sampler sampler, IdSource ids) {
        if (!(inbound instanceof Inbound.Valid valid)) {
            return begin(sampler, ids, null);
        }
        TraceContext caller = valid.context();
        return switch (trust) {
            case PRESERVE -> carryOn(caller, sampler.sample(caller.traceId(), caller), ids);
            case PRESERVE_ID -> carryOn(caller, sampler.sample(caller.traceId(), null), ids);
            case RESTART -> begin(sampler, ids, caller);
        };
    }

    private static StartedTrace carryOn(TraceContext caller, boolean sampled, IdSource ids) {
        TraceContext context = caller;
        if (caller.sampled() != sampled) {
            byte flags = (byte) (caller.flags() ^ TraceContext.SAMPLED);
            context = new TraceContext(caller.traceId(), caller.parentSpanId(), flags, caller.traceState());
        }
        return new StartedTrace(context, ids.spanId(), null);
    }

    private static StartedTrace begin(Sampler sampler, IdSource ids, @Nullable TraceContext link) {
        String traceId = ids.traceId();
        int sampled = sampler.sample(traceId, null) ? TraceContext.SAMPLED : 0;
        return new StartedTrace(
                new TraceContext(traceId, "", (byte) (TraceContext.RANDOM | sampled), ""), ids.spanId(), link);
    }
}

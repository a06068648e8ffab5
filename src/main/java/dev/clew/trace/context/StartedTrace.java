package dev.clew.trace.context;

import org.jspecify.annotations.Nullable;

/**
 * The trace of a request inside the gateway, and the SERVER span's place in it.
 *
 * @param context the trace, the SERVER span's parent, and the flags and {@code tracestate} to send on; the sampled flag
 *     is the gateway's decision
 * @param spanId the SERVER span's ID: 16 lower-case hexadecimal digits
 * @param link the caller's context if it is not the parent because the trace was restarted; otherwise null
 * @param debug whether a trusted caller sent B3's debug flag, which is then sent on
 * @param trust the trust applied to the caller's context
 */
public record StartedTrace(
        TraceContext context, String spanId, @Nullable TraceContext link, boolean debug, InboundTrust trust) {

    public String traceId() {
        return context.traceId();
    }

    /** Returns the parent's ID; empty if the SERVER span is the root of the trace. */
    public String parentSpanId() {
        return context.parentSpanId();
    }

    public byte flags() {
        return context.flags();
    }

    public String traceState() {
        return context.traceState();
    }

    /** Returns true if the request was sampled at its start; the flag sent on agrees. */
    public boolean sampled() {
        return context.sampled();
    }

    /**
     * Formats the {@code traceparent} of an outbound request, or the {@code traceresponse} of the response.
     *
     * @param parent the span that becomes the receiver's parent: an attempt's CLIENT span, or {@link #spanId}
     */
    public String traceParent(String parent) {
        return TraceParent.format(context.traceId(), parent, context.flags());
    }
}

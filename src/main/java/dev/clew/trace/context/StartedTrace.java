package dev.clew.trace.context;

import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to inside the gateway, and the SERVER span's place in it.
 *
 * @param context the trace, the SERVER span's parent, and the flags and {@code tracestate} to send on; its sampled flag
 *     is the decision taken here
 * @param spanId the SERVER span's ID: 16 lower-case hexadecimal digits
 * @param link the caller's context where it is not the parent, because the trace was restarted
 * @param debug whether B3's debug flag was sent by a caller who is believed, and is to be sent on
 * @param trust how much of the caller's context was believed
 */
public record StartedTrace(
        TraceContext context, String spanId, @Nullable TraceContext link, boolean debug, InboundTrust trust) {

    public String traceId() {
        return context.traceId();
    }

    /** Empty when the SERVER span is the trace's first. */
    public String parentSpanId() {
        return context.parentSpanId();
    }

    public byte flags() {
        return context.flags();
    }

    public String traceState() {
        return context.traceState();
    }

    /** Whether the request was chosen for recording at its start; the flag that is sent on says the same. */
    public boolean sampled() {
        return context.sampled();
    }

    /**
     * The {@code traceparent} with which a request is sent on, or {@code traceresponse} with which it is answered.
     *
     * @param parent the span that the receiver gets as its parent: an attempt's CLIENT span, or {@link #spanId}
     */
    public String traceParent(String parent) {
        return TraceParent.format(context.traceId(), parent, context.flags());
    }
}

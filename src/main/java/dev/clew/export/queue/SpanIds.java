package dev.clew.export.queue;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;

/**
 * The identity of one span and of its parent. It is also the {@link SpanContext} that the OTLP exporters read, so that
 * none is allocated.
 *
 * <p>Created on the request path from values that the gateway generated or validated, and therefore checked by
 * assertions only.
 *
 * @param traceId 32 lower-case hexadecimal characters
 * @param spanId 16 lower-case hexadecimal characters
 * @param parentSpanId 16 lower-case hexadecimal characters; empty for the root of a trace
 * @param parentRemote whether the parent is a span of another process (OTLP {@code Span.flags} bit 9)
 * @param flags W3C Trace Context trace flags of this span
 * @param traceState the W3C {@code tracestate} list as sent on, or empty
 */
public record SpanIds(
        String traceId, String spanId, String parentSpanId, boolean parentRemote, byte flags, String traceState)
        implements SpanContext {

    public SpanIds {
        assert traceId.length() == 32 : "traceId: " + traceId + " (expected: 32 hexadecimal characters)";
        assert spanId.length() == 16 : "spanId: " + spanId + " (expected: 16 hexadecimal characters)";
        assert parentSpanId.isEmpty() || parentSpanId.length() == 16
                : "parentSpanId: " + parentSpanId + " (expected: 16 hexadecimal characters, or empty)";
    }

    /** Returns the identity of another service's span, as the target of a link (OTLP {@code Link.flags} bit 9). */
    public static SpanContext remote(String traceId, String spanId, byte flags, String traceState) {
        return SpanContext.createFromRemoteParent(traceId, spanId, TraceFlags.fromByte(flags), list(traceState));
    }

    @Override
    public String getTraceId() {
        return traceId;
    }

    @Override
    public String getSpanId() {
        return spanId;
    }

    @Override
    public TraceFlags getTraceFlags() {
        return TraceFlags.fromByte(flags);
    }

    @Override
    public TraceState getTraceState() {
        return list(traceState);
    }

    private static TraceState list(String traceState) {
        return traceState.isEmpty() ? TraceState.getDefault() : new TraceStateList(traceState);
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    /** Returns the parent's identity for the exporters; invalid if there is no parent. */
    SpanContext parent() {
        return parentSpanId.isEmpty() ? SpanContext.getInvalid() : new Parent(this);
    }

    private record Parent(SpanIds child) implements SpanContext {
        @Override
        public String getTraceId() {
            return child.traceId;
        }

        @Override
        public String getSpanId() {
            return child.parentSpanId;
        }

        @Override
        public TraceFlags getTraceFlags() {
            return child.getTraceFlags();
        }

        @Override
        public TraceState getTraceState() {
            return TraceState.getDefault();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean isRemote() {
            return child.parentRemote;
        }
    }
}

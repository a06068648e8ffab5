package dev.clew.journal;

import org.jspecify.annotations.Nullable;

/**
 * A request's place in its trace.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId that of the SERVER span, which is the request's ID: 16 lower-case hexadecimal digits
 * @param parentSpanId empty for the root of the trace
 * @param sampled whether it was sampled at the start
 * @param linkedTraceId the caller's trace if the gateway started a new one; null otherwise
 * @param linkedSpanId the caller's span in it; null without a link
 */
public record TraceIds(
        String traceId,
        String spanId,
        String parentSpanId,
        boolean sampled,
        @Nullable String linkedTraceId,
        @Nullable String linkedSpanId) {}

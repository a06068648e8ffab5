package dev.clew.tenant.tracing;

import java.util.List;

/**
 * How a tenant's requests are traced.
 *
 * @param trust what is believed of callers
 * @param sampling which requests are recorded, decided at their start
 * @param keep which others are, decided at their end
 * @param content what their spans tell
 * @param exportTo the destinations of their spans, by name; none twice
 * @param baggage the keys of the callers' baggage that are passed on
 */
public record TracingPolicy(
        CallerTrust trust,
        Sampling sampling,
        Keep keep,
        SpanContent content,
        List<String> exportTo,
        List<String> baggage) {

    /** The destination that {@code OTEL_*} describes. */
    public static final String DEFAULT_DESTINATION = "default";

    /** What holds where neither the tenant nor the gateway says otherwise. */
    public static final TracingPolicy DEFAULT = new TracingPolicy(
            CallerTrust.DEFAULT,
            Sampling.DEFAULT,
            Keep.NOTHING,
            SpanContent.MINIMAL,
            List.of(DEFAULT_DESTINATION),
            List.of());

    public TracingPolicy {
        exportTo = List.copyOf(exportTo);
        baggage = List.copyOf(baggage);
    }

    /** The same policy with another choice of requests. */
    public TracingPolicy withSampling(Sampling other) {
        return new TracingPolicy(trust, other, keep, content, exportTo, baggage);
    }
}

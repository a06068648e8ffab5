package dev.clew.tenant.tracing;

import java.util.List;

/**
 * A tenant's tracing policy.
 *
 * @param trust the trust in callers
 * @param sampling the rule that samples requests at their start
 * @param keep the rule that keeps unsampled requests at their end
 * @param content the content of spans
 * @param exportTo the destinations of spans, by name; without duplicates
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

    /** The policy if neither the tenant nor the gateway sets one. */
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

    /** Returns this policy with another sampling rule. */
    public TracingPolicy withSampling(Sampling other) {
        return new TracingPolicy(trust, other, keep, content, exportTo, baggage);
    }
}

package dev.clew.tenant;

/** Which of a tenant's requests have their spans exported. */
public sealed interface Sampling {

    /** As the gateway's own sampler says, which {@code OTEL_TRACES_SAMPLER} sets. */
    record GatewayDefault() implements Sampling {}

    /**
     * A share of the traces, chosen by trace ID.
     *
     * @param ratio from 0 (none) to 1 (all)
     */
    record Ratio(double ratio) implements Sampling {
        public Ratio {
            // Written so that NaN fails too.
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio: " + ratio + " (expected: 0 to 1)");
            }
        }
    }
}

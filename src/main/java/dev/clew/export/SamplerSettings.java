package dev.clew.export;

/**
 * The sampler of {@code OTEL_TRACES_SAMPLER} and its argument.
 *
 * @param parentBased whether a parent's decision is followed when there is one
 * @param ratio share of traces without a deciding parent that are sampled, 0 (none) to 1 (all)
 */
public record SamplerSettings(boolean parentBased, double ratio) {

    /** {@code parentbased_always_on}, the specification's default. */
    public static final SamplerSettings DEFAULT = new SamplerSettings(true, 1);

    public SamplerSettings {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio: " + ratio + " (expected: 0 to 1)");
        }
    }
}

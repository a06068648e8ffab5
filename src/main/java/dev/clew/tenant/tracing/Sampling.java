package dev.clew.tenant.tracing;

import dev.clew.rate.TokenBucket;
import dev.clew.trace.context.Sampler;

/**
 * The rule that samples requests at their start.
 *
 * @param sampler decides by trace ID or by the caller's decision
 * @param perSecond the bound on traces per second that the sampler chooses itself, 0 to 1000000, or {@link #UNBOUNDED};
 *     a trusted caller's decision is not counted
 */
public record Sampling(Sampler sampler, int perSecond) {

    public static final int UNBOUNDED = Integer.MAX_VALUE;
    public static final int MAX_PER_SECOND = 1_000_000;

    /** OpenTelemetry's default: follows a trusted caller, otherwise samples all. */
    public static final Sampling DEFAULT = new Sampling(Sampler.DEFAULT, UNBOUNDED);

    public Sampling {
        if (perSecond != UNBOUNDED && (perSecond < 0 || perSecond > MAX_PER_SECOND)) {
            throw new IllegalArgumentException("per-second: " + perSecond + " (expected: 0 to " + MAX_PER_SECOND + ")");
        }
    }

    /** Returns a sampler that records a share of the traces that start here and follows a trusted caller. */
    public static Sampler ratio(double ratio) {
        return new Sampler.ParentBased(new Sampler.TraceIdRatio(ratio));
    }

    /**
     * Returns a sampler for a budget of zero: it follows a caller only if {@code sampler} does, so that it never
     * records more than without a budget.
     */
    private Sampler choosingNone() {
        Sampler none = new Sampler.AlwaysOff();
        return sampler instanceof Sampler.ParentBased ? new Sampler.ParentBased(none) : none;
    }

    /** Returns a new sampler with its own budget, initially full. */
    public Sampler newSampler() {
        return switch (perSecond) {
            case UNBOUNDED -> sampler;
            case 0 -> choosingNone();
            default -> Sampler.within(new TokenBucket(perSecond, perSecond), sampler);
        };
    }
}

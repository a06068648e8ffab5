package dev.clew.tenant.tracing;

import dev.clew.rate.TokenBucket;
import dev.clew.trace.context.Sampler;

/**
 * Which requests are recorded, decided at their start.
 *
 * @param sampler decides by trace ID or by the caller's decision
 * @param perSecond the most traces a second that the sampler may choose by itself, 0 to 1000000, or {@link #UNBOUNDED};
 *     a caller's decision that is believed does not count
 */
public record Sampling(Sampler sampler, int perSecond) {

    public static final int UNBOUNDED = Integer.MAX_VALUE;
    public static final int MAX_PER_SECOND = 1_000_000;

    /** What OpenTelemetry does when nothing is set: as the caller where it is believed, else all. */
    public static final Sampling DEFAULT = new Sampling(Sampler.DEFAULT, UNBOUNDED);

    public Sampling {
        if (perSecond != UNBOUNDED && (perSecond < 0 || perSecond > MAX_PER_SECOND)) {
            throw new IllegalArgumentException("per-second: " + perSecond + " (expected: 0 to " + MAX_PER_SECOND + ")");
        }
    }

    /** Records a share of the traces that begin here, and follows a caller who is believed. */
    public static Sampler ratio(double ratio) {
        return new Sampler.ParentBased(new Sampler.TraceIdRatio(ratio));
    }

    /** A caller is followed where the sampler does so, and nowhere else: no budget has more recorded than none. */
    private Sampler choosingNone() {
        Sampler none = new Sampler.AlwaysOff();
        return sampler instanceof Sampler.ParentBased ? new Sampler.ParentBased(none) : none;
    }

    /** The sampler with a budget of its own, full at first. */
    public Sampler started() {
        return switch (perSecond) {
            case UNBOUNDED -> sampler;
            case 0 -> choosingNone();
            default -> Sampler.within(new TokenBucket(perSecond, perSecond), sampler);
        };
    }
}

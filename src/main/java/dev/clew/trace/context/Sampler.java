package dev.clew.trace.context;

import dev.clew.rate.TokenBucket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides at the start of a request whether its spans are recorded. The samplers are those of OpenTelemetry. */
public sealed interface Sampler {
    /** OpenTelemetry's default. */
    Sampler DEFAULT = new ParentBased(new AlwaysOn());

    /**
     * Returns true if the trace is recorded.
     *
     * @param traceId 32 lower-case hexadecimal digits
     * @param parent the trusted caller's decision; null for a trace that starts here, or if the caller's decision does
     *     not count
     * @param nowNanos the current time of {@link System#nanoTime}
     */
    boolean sample(String traceId, @Nullable Boolean parent, long nowNanos);

    /**
     * Returns the sampler bounded by a budget: of the traces it decides about itself, no more than that are recorded.
     */
    static Sampler within(TokenBucket budget, Sampler sampler) {
        return sampler instanceof ParentBased parentBased
                ? new ParentBased(within(budget, parentBased.root()))
                : new Budgeted(sampler, budget);
    }

    /** Records all traces. */
    record AlwaysOn() implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return true;
        }
    }

    /** Records no trace. */
    record AlwaysOff() implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return false;
        }
    }

    /**
     * Records a share of the traces, by trace ID alone: the same ones as OpenTelemetry Java's {@code traceidratio}, so
     * that services with the same ratio keep the same traces, and services with a lower one keep a subset.
     *
     * @param ratio from 0 (none) to 1 (all)
     * @param bound a trace is recorded if the last 8 bytes of its ID, as an absolute value, are below this
     */
    record TraceIdRatio(double ratio, long bound) implements Sampler {
        public TraceIdRatio {
            // Written so that NaN fails too.
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio: " + ratio + " (expected: 0 to 1)");
            }
        }

        public TraceIdRatio(double ratio) {
            // The lowest number for 0: abs(Long.MIN_VALUE) is negative and must not be below it.
            this(ratio, ratio == 0 ? Long.MIN_VALUE : (long) (ratio * Long.MAX_VALUE));
        }

        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return Math.abs(Hex.value(traceId, 16, 32)) < bound;
        }
    }

    /** Follows the parent's decision; uses {@code root} if there is none. */
    record ParentBased(Sampler root) implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return parent == null ? root.sample(traceId, null, nowNanos) : parent;
        }
    }

    /** Follows {@code wanted} until the budget is used up, and then records nothing. */
    record Budgeted(Sampler wanted, TokenBucket budget) implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return wanted.sample(traceId, parent, nowNanos) && budget.tryTake(nowNanos);
        }
    }

    /**
     * A sampler, and the problem of the settings it was read from.
     *
     * @param problem names the variable and the value used instead; never quotes the value; null if there is none
     */
    record Choice(Sampler sampler, @Nullable String problem) {}

    /**
     * Reads {@code OTEL_TRACES_SAMPLER} and {@code OTEL_TRACES_SAMPLER_ARG}. An invalid value counts as unset
     * (OpenTelemetry, environment variable specification), and so does an empty one. Never throws.
     */
    static Choice fromEnvironment(@Nullable String name, @Nullable String arg) {
        String known = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return switch (known) {
            case "", "parentbased_always_on" -> new Choice(DEFAULT, null);
            case "always_on" -> new Choice(new AlwaysOn(), null);
            case "always_off" -> new Choice(new AlwaysOff(), null);
            case "parentbased_always_off" -> new Choice(new ParentBased(new AlwaysOff()), null);
            case "traceidratio" -> ratio(arg);
            case "parentbased_traceidratio" -> {
                Choice root = ratio(arg);
                yield new Choice(new ParentBased(root.sampler()), root.problem());
            }
            default ->
                new Choice(
                        DEFAULT,
                        "OTEL_TRACES_SAMPLER: unknown sampler (expected: always_on, always_off, traceidratio,"
                                + " parentbased_always_on, parentbased_always_off or parentbased_traceidratio);"
                                + " parentbased_always_on is used");
        };
    }

    private static Choice ratio(@Nullable String arg) {
        if (arg == null || arg.isBlank()) {
            return new Choice(new TraceIdRatio(1), null);
        }
        try {
            return new Choice(new TraceIdRatio(Double.parseDouble(arg.strip())), null);
        } catch (IllegalArgumentException e) {
            return new Choice(
                    new TraceIdRatio(1), "OTEL_TRACES_SAMPLER_ARG: not a ratio (expected: 0 to 1); 1 is used");
        }
    }
}

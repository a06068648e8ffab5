package dev.clew.trace.context;

import dev.clew.rate.TokenBucket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides at the start of a request whether its spans are recorded: the samplers that OpenTelemetry defines. */
public sealed interface Sampler {
    /** What OpenTelemetry takes when nothing is set. */
    Sampler DEFAULT = new ParentBased(new AlwaysOn());

    /**
     * Whether the trace is recorded.
     *
     * @param traceId 32 lower-case hexadecimal digits
     * @param parent what the caller decided, where it is believed; null for a trace that begins here, or when the
     *     caller has no say
     * @param nowNanos as {@link System#nanoTime} counts
     */
    boolean sample(String traceId, @Nullable Boolean parent, long nowNanos);

    /**
     * A sampler that does as the given one, recording no more of the traces that it decides about itself than a budget
     * allows.
     */
    static Sampler within(TokenBucket budget, Sampler sampler) {
        return sampler instanceof ParentBased parentBased
                ? new ParentBased(within(budget, parentBased.root()))
                : new Budgeted(sampler, budget);
    }

    /** Records all. */
    record AlwaysOn() implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return true;
        }
    }

    /** Records nothing. */
    record AlwaysOff() implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return false;
        }
    }

    /**
     * Records a share of the traces, by trace ID alone: the same ones as OpenTelemetry Java's {@code traceidratio}, so
     * that services with the same ratio keep the same traces, and those with a lower one keep a part of them.
     *
     * @param ratio from 0 (none) to 1 (all)
     * @param bound a trace is recorded when the last 8 bytes of its ID, as a number without sign, are below this
     */
    record TraceIdRatio(double ratio, long bound) implements Sampler {
        public TraceIdRatio {
            // Written so that NaN fails too.
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio: " + ratio + " (expected: 0 to 1)");
            }
        }

        public TraceIdRatio(double ratio) {
            // The lowest number for 0, because abs(Long.MIN_VALUE) is negative and must not be below it.
            this(ratio, ratio == 0 ? Long.MIN_VALUE : (long) (ratio * Long.MAX_VALUE));
        }

        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return Math.abs(Hex.value(traceId, 16, 32)) < bound;
        }
    }

    /** Does as the parent did; asks {@code root} where there is none. */
    record ParentBased(Sampler root) implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return parent == null ? root.sample(traceId, null, nowNanos) : parent;
        }
    }

    /** Does as {@code wanted}, until the budget is used up: then it records nothing. */
    record Budgeted(Sampler wanted, TokenBucket budget) implements Sampler {
        @Override
        public boolean sample(String traceId, @Nullable Boolean parent, long nowNanos) {
            return wanted.sample(traceId, parent, nowNanos) && budget.tryTake(nowNanos);
        }
    }

    /**
     * A sampler, and what was wrong with the settings that asked for it.
     *
     * @param problem names the variable and what is used instead; never quotes its value; null when all is well
     */
    record Choice(Sampler sampler, @Nullable String problem) {}

    /**
     * The sampler that {@code OTEL_TRACES_SAMPLER} and {@code OTEL_TRACES_SAMPLER_ARG} ask for. A value that makes no
     * sense counts as not set (OpenTelemetry, environment variable specification); empty means not set. Never throws.
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

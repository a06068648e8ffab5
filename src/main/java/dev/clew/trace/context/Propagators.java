package dev.clew.trace.context;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The formats that the gateway reads, and sends to upstreams that are set to no other format.
 *
 * @param inOrder each once; of two with a valid context the later takes precedence
 */
public record Propagators(List<Propagator> inOrder) {
    /** OpenTelemetry's default. */
    public static final Propagators DEFAULT = new Propagators(List.of(Propagator.TRACECONTEXT, Propagator.BAGGAGE));

    private static final String VARIABLE = "OTEL_PROPAGATORS";

    public Propagators {
        inOrder = List.copyOf(inOrder);
        if (Set.copyOf(inOrder).size() < inOrder.size()) {
            throw new IllegalArgumentException("inOrder: " + inOrder + " (expected: each once)");
        }
    }

    /** Returns the formats to send to an upstream: the given one for the trace, and baggage if it is enabled at all. */
    public List<Propagator> toUpstream(OutboundFormat format) {
        return switch (format) {
            case GATEWAY_DEFAULT -> inOrder;
            case W3C -> withBaggage(Propagator.TRACECONTEXT);
            case B3 -> withBaggage(Propagator.B3);
            case B3MULTI -> withBaggage(Propagator.B3MULTI);
            case NONE -> List.of();
        };
    }

    private List<Propagator> withBaggage(Propagator format) {
        return inOrder.contains(Propagator.BAGGAGE) ? List.of(format, Propagator.BAGGAGE) : List.of(format);
    }

    /**
     * Propagators, and the problem of the setting they were read from.
     *
     * @param problem names the variable and the propagators used instead; never quotes the value; null if there is none
     */
    public record Choice(Propagators propagators, @Nullable String problem) {}

    /**
     * Reads {@code OTEL_PROPAGATORS}, in order and each propagator once (OpenTelemetry, environment variable
     * specification). Unknown ones are left out; if none remains, or nothing is set, the default applies. {@code none}
     * selects no propagator; beside others, which the specification does not provide for, it is ignored. Never throws.
     */
    public static Choice fromEnvironment(@Nullable String list) {
        Set<Propagator> known = new LinkedHashSet<>();
        boolean none = false;
        boolean unknown = false;
        for (String written : list == null ? List.<String>of() : List.of(list.split(",", -1))) {
            String name = written.strip().toLowerCase(Locale.ROOT);
            Propagator propagator = named(name);
            if (propagator != null) {
                known.add(propagator);
            } else if (name.equals("none")) {
                none = true;
            } else {
                unknown |= !name.isEmpty();
            }
        }
        boolean contradictory = none && !known.isEmpty();
        Propagators chosen = known.isEmpty() && !none ? DEFAULT : new Propagators(new ArrayList<>(known));
        return new Choice(chosen, unknown || contradictory ? problem(unknown, chosen) : null);
    }

    private static @Nullable Propagator named(String name) {
        for (Propagator propagator : Propagator.values()) {
            if (propagator.token().equals(name)) {
                return propagator;
            }
        }
        return null;
    }

    private static String problem(boolean unknown, Propagators chosen) {
        String fault = unknown
                ? "a propagator that is not supported (expected: tracecontext, baggage, b3, b3multi or none)"
                : "none among others (expected: none alone)";
        List<String> used = chosen.inOrder().stream().map(Propagator::token).toList();
        return VARIABLE + ": " + fault + "; " + (used.isEmpty() ? "none" : String.join(",", used)) + " is used";
    }
}

package dev.clew.config.yaml;

import io.smallrye.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of one file, and reports all invalid ones. */
public final class Fields {

    private static final String EXPECTED = "expected: ";

    private final Findings findings;

    public Fields(Findings findings) {
        this.findings = findings;
    }

    public boolean flag(ConfigValue field, boolean standard) {
        return read(field, Values::flag, standard);
    }

    /** Returns whether the field has a value; false also when it was found invalid while the file was read. */
    public static boolean isSet(ConfigValue field) {
        return field.getValue() != null;
    }

    /** Reads a number in the range that the field's {@link Setting} gives. */
    public int count(ConfigValue field, int standard) {
        return isSet(field) ? read(field, range(field), standard) : standard;
    }

    /** Reads each item like {@link #count}. */
    public List<Integer> counts(List<Item> items) {
        return items.isEmpty() ? List.of() : readAll(items, range(items.get(0).itself()));
    }

    public double ratio(ConfigValue field, double standard) {
        return read(field, Values::ratio, standard);
    }

    public Duration duration(ConfigValue field, Duration standard) {
        return read(field, Values::duration, standard);
    }

    public <T> T read(ConfigValue field, Function<String, T> parser, T standard) {
        return parse(field, parser).orElse(standard);
    }

    /** Returns null when the value is missing, or invalid, which is reported. */
    public <T> @Nullable T readOrNull(ConfigValue field, Function<String, T> parser) {
        return parse(field, parser).orElse(null);
    }

    /** Returns the value; empty when it is missing or invalid, both of which are reported. */
    public <T> Optional<T> require(ConfigValue field, Function<String, T> parser) {
        if (!isSet(field)) {
            missing(field, "a value");
        }
        return parse(field, parser);
    }

    /** Reads a required number in the range that the field's {@link Setting} gives. */
    public Optional<Integer> requireCount(ConfigValue field) {
        return require(field, isSet(field) ? range(field) : Integer::valueOf);
    }

    /** Returns the valid items. */
    public <T> List<T> readAll(List<Item> items, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (Item item : items) {
            parse(item.itself(), parser).ifPresent(values::add);
        }
        return values;
    }

    public void missing(ConfigValue field, String expected) {
        missing(field.getName(), expected);
    }

    /** Reports a missing key, unless it is present and was found invalid. */
    public void missing(String key, String expected) {
        if (!findings.has(key)) {
            findings.problem(key, "missing (" + EXPECTED + expected + ")");
        }
    }

    /** Returns the value; empty when it is missing, or invalid, which is reported. */
    public <T> Optional<T> parse(ConfigValue field, Function<String, T> parser) {
        return isSet(field) ? parse(field.getName(), field.getValue(), parser) : Optional.empty();
    }

    public <T> Optional<T> parse(String key, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException rejected) {
            findings.problem(key, findings.shown(key, text) + " (" + EXPECTED + expectation(rejected) + ")");
            return Optional.empty();
        }
    }

    /** Returns the parser of a number in the range that a field's declaration gives. */
    Function<String, Integer> range(ConfigValue field) {
        return findings.shape(field.getName()).range();
    }

    /** Returns the expectation in a parser's message, the only part that cannot repeat the value. */
    private static String expectation(IllegalArgumentException rejected) {
        String message = String.valueOf(rejected.getMessage());
        int start = message.indexOf(EXPECTED);
        if (start < 0) {
            return "a valid value";
        }
        boolean bracketed = start > 0 && message.charAt(start - 1) == '(' && message.endsWith(")");
        return message.substring(start + EXPECTED.length(), message.length() - (bracketed ? 1 : 0));
    }
}

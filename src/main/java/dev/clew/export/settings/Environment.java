package dev.clew.export.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings by the rules of the OpenTelemetry specification ("Environment Variable Specification"): empty is
 * unset; a malformed or out-of-range value is reported and counts as unset. Of several names, the first with a usable
 * value takes precedence; after each {@code OTEL_*} name comes Quarkus's name for it. No value makes this class throw.
 */
public final class Environment {

    private final Function<String, @Nullable SettingText> texts;
    private final List<SettingProblem> problems = new ArrayList<>();

    private Environment(Function<String, @Nullable SettingText> texts) {
        this.texts = texts;
    }

    /** @param variables value by name, null if unset */
    public static Environment of(Function<String, @Nullable String> variables) {
        return new Environment(name -> {
            @Nullable String value = variables.apply(name);
            return value == null ? null : new SettingText(name, value, false);
        });
    }

    /**
     * Returns the settings of an entry, followed by the variables. Their names never collide: one is lower case, the
     * other upper.
     */
    static Environment of(DestinationEntry entry, Function<String, @Nullable String> variables) {
        Environment environment = of(variables);
        Environment both = new Environment(name -> {
            @Nullable SettingText text = entry.texts().get(name);
            return text != null ? text : environment.texts.apply(name);
        });
        both.problems.addAll(entry.problems());
        return both;
    }

    /**
     * One name of a setting, and the parser of its value.
     *
     * @param parser the parser of the value
     */
    record Source<T>(String name, Parser<T> parser) {}

    /** Parses a value, or throws {@link Malformed}. */
    public interface Parser<T> {
        T parse(String value) throws Malformed;

        /** Returns the parser of the same setting under Quarkus's name. */
        default Parser<T> forQuarkus() {
            return this;
        }
    }

    /** The exception for an unusable value. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final @Nullable String wrong;
        private final String expected;

        /** @param wrong the fault, without the value if that may be a secret */
        Malformed(String wrong, String expected) {
            super(wrong, null, false, false);
            this.wrong = wrong;
            this.expected = expected;
        }

        /**
         * Creates an exception for a value that is wrong as a whole and may be shown, unless it came from the
         * environment.
         */
        Malformed(String expected) {
            super(expected, null, false, false);
            this.wrong = null;
            this.expected = expected;
        }

        String message(SettingText text) {
            String what =
                    wrong != null ? wrong : text.secret() ? "the value from the environment" : shown(text.value());
            return what + " (expected: " + expected + ")";
        }
    }

    /** Returns the problems so far. */
    public List<SettingProblem> problems() {
        return problems;
    }

    /**
     * Adds a problem found elsewhere.
     *
     * @param instead the value used instead; empty if the fault names it
     */
    public void report(String name, String fault, String instead) {
        problems.add(new SettingProblem(name, fault, instead));
    }

    /** Replaces the value used instead in the matching problems; returns true if there were any. */
    boolean rephrase(Predicate<SettingProblem> meant, String instead) {
        boolean any = problems.stream().anyMatch(meant);
        problems.replaceAll(problem -> meant.test(problem) ? problem.instead(instead) : problem);
        return any;
    }

    /** Returns the first of these settings with a non-blank value, or null. */
    public @Nullable SettingText written(String... names) {
        for (String name : names) {
            @Nullable SettingText text = text(name);
            @Nullable String quarkus = text == null ? QuarkusNames.of(name) : null;
            text = quarkus == null ? text : text(quarkus);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private @Nullable SettingText text(String name) {
        @Nullable SettingText text = texts.apply(name);
        return text == null || text.value().isBlank() ? null : text;
    }

    /**
     * Returns the first usable value of these settings.
     *
     * @param unset the value used if none is usable, for messages
     */
    public <T> Optional<T> read(String unset, Parser<T> parser, String... names) {
        return read(
                unset,
                Arrays.stream(names).map(name -> new Source<>(name, parser)).toList());
    }

    /** Returns the first usable value of sources with different parsers. */
    <T> Optional<T> read(String unset, List<Source<T>> sources) {
        List<SettingProblem> wrong = new ArrayList<>();
        for (Source<T> source : withQuarkus(sources)) {
            @Nullable SettingText text = text(source.name());
            if (text == null) {
                continue;
            }
            try {
                T found = source.parser().parse(text.value().strip());
                wrong.forEach(problem -> problems.add(problem.instead(text.name() + " is used")));
                return Optional.of(found);
            } catch (Malformed e) {
                wrong.add(new SettingProblem(text.name(), e.message(text), unset));
            }
        }
        problems.addAll(wrong);
        return Optional.empty();
    }

    private static <T> List<Source<T>> withQuarkus(List<Source<T>> sources) {
        List<Source<T>> all = new ArrayList<>();
        for (Source<T> source : sources) {
            all.add(source);
            @Nullable String quarkus = QuarkusNames.of(source.name());
            if (quarkus != null) {
                all.add(new Source<>(quarkus, source.parser().forQuarkus()));
            }
        }
        return all;
    }

    /** Reads a flag; only "true" in any case is true (specification, "Boolean"). */
    boolean flag(String... names) {
        Parser<Boolean> parser = value -> {
            if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
                return value.equalsIgnoreCase("true");
            }
            throw new Malformed("true or false");
        };
        return read("false is used", parser, names).orElse(false);
    }

    /** Reads a whole number within this range, both ends included. */
    public int integer(int least, int most, int unset, String... names) {
        String standard = unset == Integer.MAX_VALUE ? "no limit" : Integer.toString(unset);
        return read(standard + " is used", integer(least, most), names).orElse(unset);
    }

    static Parser<Integer> integer(int least, int most) {
        return value -> {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below: a malformed and an out-of-range number have the same message.
            }
            throw new Malformed("a whole number from " + least + " to " + most);
        };
    }

    /** @param unset the choice if none is set */
    <T> T choice(Map<String, T> choices, String unset, String... names) {
        Parser<T> parser = value -> {
            @Nullable T found = choices.get(value.toLowerCase(Locale.ROOT));
            if (found == null) {
                throw new Malformed("one of " + String.join(", ", new TreeSet<>(choices.keySet())));
            }
            return found;
        };
        return read(unset + " is used", parser, names).orElseGet(() -> Objects.requireNonNull(choices.get(unset)));
    }

    /** Returns a value in quotes, safe for a log line: short and without control characters. */
    public static String shown(String value) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(value.length(), 40); i++) {
            char c = value.charAt(i);
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.append(value.length() > 40 ? "…\"" : "\"").toString();
    }
}

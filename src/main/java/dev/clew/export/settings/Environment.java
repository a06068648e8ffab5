package dev.clew.export.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings by the rules of the OpenTelemetry specification ("Environment Variable Specification"): empty is
 * unset; what cannot be parsed or is out of range is reported and counts as unset. Where several names are given, the
 * first with a usable value wins. Nothing here throws for a value.
 */
public final class Environment {

    private final Function<String, @Nullable SettingText> texts;
    private final List<SettingProblem> problems = new ArrayList<>();

    private Environment(Function<String, @Nullable SettingText> texts) {
        this.texts = texts;
    }

    /** @param variables value by name, null when unset */
    public static Environment of(Function<String, @Nullable String> variables) {
        return new Environment(name -> {
            @Nullable String value = variables.apply(name);
            return value == null ? null : new SettingText(name, value, false);
        });
    }

    /** What stands in the entry goes before the variables. Their names are never the same: one is lower case, one upper. */
    static Environment of(DestinationEntry entry, Function<String, @Nullable String> variables) {
        Environment environment = of(variables);
        Environment both = new Environment(name -> {
            @Nullable SettingText text = entry.texts().get(name);
            return text != null ? text : environment.texts.apply(name);
        });
        both.problems.addAll(entry.problems());
        return both;
    }

    /** Turns a value into what it means, or throws {@link Malformed}. */
    public interface Parser<T> {
        T parse(String value) throws Malformed;
    }

    /** A value that cannot be used. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final @Nullable String wrong;
        private final String expected;

        /** @param wrong what is wrong, without the value, where that may be a secret */
        Malformed(String wrong, String expected) {
            super(wrong, null, false, false);
            this.wrong = wrong;
            this.expected = expected;
        }

        /** The value is wrong as a whole and may be shown, unless it came from where secrets come from. */
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

    /** What was wrong so far. */
    public List<SettingProblem> problems() {
        return problems;
    }

    /** Adds what somebody else found wrong; the setting counts as unset. */
    public void report(String name, String message) {
        problems.add(new SettingProblem(name, message + "; the setting is ignored"));
    }

    /** The first of these settings that says anything, or null. */
    public @Nullable SettingText written(String... names) {
        for (String name : names) {
            @Nullable SettingText text = texts.apply(name);
            if (text != null && !text.value().isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** The first of these settings that can be used. */
    public <T> Optional<T> read(Parser<T> parser, String... names) {
        for (String name : names) {
            @Nullable SettingText text = written(name);
            if (text == null) {
                continue;
            }
            try {
                return Optional.of(parser.parse(text.value().strip()));
            } catch (Malformed e) {
                report(text.name(), e.message(text));
            }
        }
        return Optional.empty();
    }

    /** Only "true" in any case is true (specification, "Boolean"). */
    boolean flag(String... names) {
        Parser<Boolean> parser = value -> {
            if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
                return value.equalsIgnoreCase("true");
            }
            throw new Malformed("true or false");
        };
        return read(parser, names).orElse(false);
    }

    /** A whole number in this range, both ends included. */
    public int integer(int least, int most, int unset, String... names) {
        return read(integer(least, most), names).orElse(unset);
    }

    static Parser<Integer> integer(int least, int most) {
        return value -> {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below: not a number and out of range read the same.
            }
            throw new Malformed("a whole number from " + least + " to " + most);
        };
    }

    <T> T choice(Map<String, T> choices, T unset, String... names) {
        Parser<T> parser = value -> {
            @Nullable T found = choices.get(value.toLowerCase(Locale.ROOT));
            if (found == null) {
                throw new Malformed("one of " + String.join(", ", new TreeSet<>(choices.keySet())));
            }
            return found;
        };
        return read(parser, names).orElse(unset);
    }

    /**
     * {@code key=value,…}, percent-encoded (W3C Baggage section 3.3.1, without properties). Keys are decoded too: resource
     * attributes may have any (Resource SDK specification); a header's name with a percent sign in it is none either way.
     */
    public static Map<String, String> pairs(String list) throws Malformed {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String member : list.split(",", -1)) {
            if (member.isBlank()) {
                continue;
            }
            int equals = member.indexOf('=');
            String key = equals < 0 ? "" : member.substring(0, equals).strip();
            if (key.isEmpty()) {
                throw new Malformed("malformed list", "key=value,key=value with percent-encoded values");
            }
            pairs.put(
                    percentDecoded(key),
                    percentDecoded(member.substring(equals + 1).strip()));
        }
        return pairs;
    }

    private static String percentDecoded(String value) throws Malformed {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] raw = value.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded.put(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                throw new Malformed("malformed percent-encoding", "a percent sign and two hexadecimal digits");
            }
            decoded.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("malformed percent-encoding", "UTF-8");
        }
    }

    /** A value fit to be shown in a log line: short, and without control characters. */
    public static String shown(String value) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(value.length(), 40); i++) {
            char c = value.charAt(i);
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.append(value.length() > 40 ? "…\"" : "\"").toString();
    }
}

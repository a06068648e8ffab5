package dev.clew.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of one file and reports those that cannot be read, all of them. */
final class Fields {

    private static final String EXPECTED = "expected: ";

    private final Findings findings;

    Fields(Findings findings) {
        this.findings = findings;
    }

    <T> T read(String key, Optional<String> text, Function<String, T> parser, T standard) {
        return text.flatMap(written -> parse(key, written, parser)).orElse(standard);
    }

    /** Null when the value is wrong or missing; the former is then reported. */
    <T> @Nullable T readOrNull(String key, Optional<String> text, Function<String, T> parser) {
        return text.flatMap(written -> parse(key, written, parser)).orElse(null);
    }

    /** Empty when the value is wrong or missing; either is then reported. */
    <T> Optional<T> require(String key, Optional<String> text, Function<String, T> parser) {
        if (text.isEmpty()) {
            missing(key, "a value");
        }
        return text.flatMap(written -> parse(key, written, parser));
    }

    /** Those items that can be read. */
    <T> List<T> readAll(String key, Optional<List<String>> texts, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        List<String> written = texts.orElse(List.of());
        List<Integer> places = findings.places(key);
        for (int i = 0; i < written.size(); i++) {
            parse(Keys.item(key, places.get(i)), written.get(i), parser).ifPresent(values::add);
        }
        return values;
    }

    /** Says that a key is missing, unless it is there and has been found wrong already. */
    void missing(String key, String expected) {
        if (!findings.has(key)) {
            findings.problem(key, "missing (" + EXPECTED + expected + ")");
        }
    }

    <T> Optional<T> parse(String key, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException refused) {
            findings.problem(key, findings.shown(key, text) + " (" + EXPECTED + expectation(refused) + ")");
            return Optional.empty();
        }
    }

    /** What a refusal expected. Only that part of its message is sure not to repeat the value. */
    private static String expectation(IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        int start = message.indexOf(EXPECTED);
        if (start < 0) {
            return "a valid value";
        }
        boolean bracketed = start > 0 && message.charAt(start - 1) == '(' && message.endsWith(")");
        return message.substring(start + EXPECTED.length(), message.length() - (bracketed ? 1 : 0));
    }
}

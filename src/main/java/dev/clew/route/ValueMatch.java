package dev.clew.route;

import org.jspecify.annotations.Nullable;

/** A condition on the value of a header field or query parameter. */
public sealed interface ValueMatch {

    /** @param value null when there is none */
    boolean accepts(@Nullable String value);

    /** Returns the maximum number of instructions executed for each character of a value. */
    default int size() {
        return 0;
    }

    /** Accepts any value, including an empty one. */
    record Present() implements ValueMatch {

        @Override
        public boolean accepts(@Nullable String value) {
            return value != null;
        }
    }

    /** Accepts this value only, case-sensitively. */
    record Exact(String text) implements ValueMatch {

        @Override
        public boolean accepts(@Nullable String value) {
            return text.equals(value);
        }
    }

    /** Accepts values that match a regular expression as a whole. */
    record Expression(LinearPattern pattern) implements ValueMatch {

        /**
         * Parses an expression.
         *
         * @throws IllegalArgumentException as {@code regex: (expected: …)}
         */
        public static Expression parse(String text) {
            return new Expression(LinearPattern.parse(text));
        }

        @Override
        public boolean accepts(@Nullable String value) {
            return value != null && pattern.matches(value);
        }

        @Override
        public int size() {
            return pattern.size();
        }
    }
}

package dev.clew.route;

import org.jspecify.annotations.Nullable;

/** What a header field's or a query parameter's value must be. */
public sealed interface ValueMatch {

    /** @param value null when there is none */
    boolean accepts(@Nullable String value);

    /** The instructions that matching steps through for each character, at most. */
    default int size() {
        return 0;
    }

    /** Any value, also an empty one. */
    record Present() implements ValueMatch {

        @Override
        public boolean accepts(@Nullable String value) {
            return value != null;
        }
    }

    /** Exactly this, letter case included. */
    record Exact(String text) implements ValueMatch {

        @Override
        public boolean accepts(@Nullable String value) {
            return text.equals(value);
        }
    }

    /** A regular expression that the whole value must match. */
    record Expression(LinearPattern pattern) implements ValueMatch {

        /**
         * Reads an expression.
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

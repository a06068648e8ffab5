package dev.clew.route;

/**
 * A regular expression that the whole of {@link RequestPath#matched()} must match.
 *
 * @param pattern in the syntax of RE2
 */
public record PathExpression(LinearPattern pattern) implements PathMatch {

    /**
     * Parses an expression.
     *
     * @throws IllegalArgumentException as {@code regex: (expected: …)}
     */
    public static PathExpression parse(String text) {
        return new PathExpression(LinearPattern.parse(text));
    }

    @Override
    public String template() {
        return pattern.toString();
    }
}

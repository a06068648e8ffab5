package dev.clew.route;

import java.util.Set;

/**
 * The requests that a route accepts.
 *
 * @param methods upper-case method names (RFC 9110 §9.1 {@code token}); empty for any method
 */
public record RouteMatch(PathMatch path, Set<String> methods, Conditions conditions) {

    /**
     * Checks the methods.
     *
     * @throws IllegalArgumentException as {@code methods: "…" (expected: …)}
     */
    public RouteMatch {
        methods = Set.copyOf(methods);
        for (String method : methods) {
            if (!isMethod(method)) {
                throw new IllegalArgumentException(
                        "methods: \"" + method + "\" (expected: a method name in upper case, such as GET)");
            }
        }
    }

    /**
     * Returns whether the request satisfies the regular expression and the conditions, which the segment tree does not
     * check.
     */
    boolean accepts(String requestPath, RequestFacts request) {
        return (!(path instanceof PathExpression expression)
                        || expression.pattern().matches(requestPath))
                && (conditions.areNone() || conditions.hold(request));
    }

    /** Returns whether the route has no conditions beyond a path in the tree and methods. */
    boolean isUnconditional() {
        return path instanceof PathPattern && conditions.areNone();
    }

    /** Returns the number of instructions of its regular expressions. */
    int expressionSize() {
        return (path instanceof PathExpression expression ? expression.pattern().size() : 0) + conditions.size();
    }

    private static boolean isMethod(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            boolean letterOrDigit = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !method.isEmpty();
    }
}

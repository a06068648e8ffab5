package dev.clew.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition of a route that a request does not meet. Holds no value of a header field or a query parameter. */
public sealed interface Miss {

    /**
     * The first segment in which the path differs from the route's pattern.
     *
     * @param number counted from 1
     * @param expected literal text or {@code {name}}; null where the pattern has ended
     * @param found the request's segment, empty after a slash at the end; null where the path has ended
     */
    record Segment(int number, @Nullable String expected, @Nullable String found) implements Miss {}

    /** The path does not match the route's regular expression. */
    record Expression() implements Miss {}

    /** @param served the methods that the route serves */
    record Method(Set<String> served) implements Miss {}

    /** @param sent whether the request has the field, with another value */
    record Header(String name, boolean sent) implements Miss {}

    /** @param sent whether the request has the parameter, with another value */
    record Query(String name, boolean sent) implements Miss {}

    /** Returns whether the condition is the path. */
    default boolean isOfPath() {
        return this instanceof Segment || this instanceof Expression;
    }

    /**
     * Returns all conditions of a route that a request does not meet; empty if the route accepts the request.
     *
     * @param path a {@link RequestPath#matched()}
     * @param segments of the path, which is split once for all routes
     */
    static List<Miss> of(RouteMatch match, String method, String path, List<String> segments, RequestFacts request) {
        List<Miss> misses = new ArrayList<>();
        if (match.path() instanceof PathPattern pattern) {
            Segment segment = segment(pattern, segments);
            if (segment != null) {
                misses.add(segment);
            }
        } else if (match.path() instanceof PathExpression expression
                && !expression.pattern().matches(path)) {
            misses.add(new Expression());
        }
        if (!MethodChoice.serves(match, method)) {
            misses.add(new Method(match.methods()));
        }
        for (Conditions.Field field : match.conditions().headers()) {
            String value = request.header(field.name());
            if (!field.value().accepts(value)) {
                misses.add(new Header(field.name(), value != null));
            }
        }
        for (Conditions.Field field : match.conditions().query()) {
            String value = QueryParameters.first(request.query(), field.name());
            if (!field.value().accepts(value)) {
                misses.add(new Query(field.name(), value != null));
            }
        }
        return misses;
    }

    /** Returns the first difference; null if the path matches. */
    private static @Nullable Segment segment(PathPattern pattern, List<String> path) {
        List<PathPattern.Segment> expected = pattern.segments();
        for (int i = 0; i < expected.size(); i++) {
            String found = i < path.size() ? path.get(i) : null;
            if (found == null || !expected.get(i).accepts(found)) {
                return new Segment(i + 1, expected.get(i).text(), found);
            }
        }
        boolean more = path.size() > expected.size() && !pattern.openEnded();
        return more ? new Segment(expected.size() + 1, null, path.get(expected.size())) : null;
    }
}

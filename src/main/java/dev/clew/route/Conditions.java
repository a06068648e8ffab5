package dev.clew.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A route's conditions on header fields and query parameters; all must hold.
 *
 * @param headers by name, ignoring case; several lines count as one value (RFC 9110 §5.3)
 * @param query by name, decoded; of several parameters with one name the first counts, as Gateway API recommends
 */
public record Conditions(List<Field> headers, List<Field> query) {

    /** The maximum of each, as in Gateway API. */
    public static final int MAX_FIELDS = 16;

    public static final Conditions NONE = new Conditions(List.of(), List.of());

    /** More header matches first, then more query matches: the order of Gateway API's {@code HTTPRouteRule}. */
    static final Comparator<Conditions> MORE_FIRST = Comparator.<Conditions>comparingInt(
                    conditions -> -conditions.headers.size())
            .thenComparingInt(conditions -> -conditions.query.size());

    /** A header field or query parameter, and its required value. */
    public record Field(String name, ValueMatch value) {}

    /**
     * Checks the numbers, and that names are unique.
     *
     * @throws IllegalArgumentException as {@code headers: … (expected: …)}
     */
    public Conditions {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        check(
                "headers",
                headers.stream()
                        .map(field -> field.name().toLowerCase(Locale.ROOT))
                        .toList());
        check("query", query.stream().map(Field::name).toList());
    }

    private static void check(String what, List<String> names) {
        Set<String> distinct = new HashSet<>(names);
        if (names.size() > MAX_FIELDS || distinct.size() < names.size()) {
            throw new IllegalArgumentException(
                    what + ": " + names + " (expected: at most " + MAX_FIELDS + ", each name once)");
        }
    }

    boolean areNone() {
        return headers.isEmpty() && query.isEmpty();
    }

    boolean hold(RequestFacts request) {
        for (int i = 0; i < headers.size(); i++) {
            Field field = headers.get(i);
            if (!field.value().accepts(request.header(field.name()))) {
                return false;
            }
        }
        for (int i = 0; i < query.size(); i++) {
            Field field = query.get(i);
            if (!field.value().accepts(QueryParameters.first(request.query(), field.name()))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the maximum number of values looked up. */
    int count() {
        return headers.size() + query.size();
    }

    /** Returns the maximum number of instructions that {@link #hold} executes for each character of a value. */
    int size() {
        List<Field> all = new ArrayList<>(headers);
        all.addAll(query);
        return all.stream().mapToInt(field -> field.value().size()).sum();
    }
}

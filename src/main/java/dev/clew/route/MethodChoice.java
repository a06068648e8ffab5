package dev.clew.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one path pattern, or all with a regular expression, in the precedence of {@link RouteTable} after the
 * path.
 */
final class MethodChoice<T> {

    /** A route with its prebuilt match result. */
    record Candidate<T>(RouteMatch match, Match.Found<T> found) {

        /** Returns whether the path ends in {@code **}. */
        boolean openEnded() {
            return match.path() instanceof PathPattern pattern && pattern.openEnded();
        }
    }

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";

    private final List<Candidate<T>> all;
    private final Map<String, List<Candidate<T>>> byMethod = new HashMap<>();
    private final List<Candidate<T>> anyMethod;

    /** @param routes in the order of their declaration */
    MethodChoice(List<RouteTable.Entry<T>> routes) {
        // The sort is stable: the order of declaration decides between equals.
        this.all = routes.stream()
                .map(route -> new Candidate<>(route.match(), new Match.Found<>(route.target())))
                .sorted(Comparator.comparing(candidate -> candidate.match().conditions(), Conditions.MORE_FIRST))
                .toList();
        List<Candidate<T>> any = naming(Set.of());
        this.anyMethod = reachable(any);
        Set<String> named = new HashSet<>();
        all.forEach(candidate -> named.addAll(servedBy(candidate.match())));
        for (String method : named) {
            List<Candidate<T>> inTurn = new ArrayList<>(naming(Set.of(method)));
            if (method.equals(HEAD)) {
                inTurn.addAll(naming(Set.of(GET)));
            }
            inTurn.addAll(any);
            // Interned, so that the usual comparison is by reference.
            byMethod.put(method.intern(), reachable(inTurn));
        }
    }

    /** Returns the first route for the method whose other conditions hold; null when there is none. */
    @Nullable Candidate<T> find(String method, String path, RequestFacts request) {
        List<Candidate<T>> inTurn = byMethod.getOrDefault(method, anyMethod);
        for (int i = 0; i < inTurn.size(); i++) {
            Candidate<T> candidate = inTurn.get(i);
            if (candidate.match().accepts(path, request)) {
                return candidate;
            }
        }
        return null;
    }

    /** Adds the methods of all routes whose other conditions hold. */
    void collectMethods(String path, RequestFacts request, Set<String> methods) {
        for (Candidate<T> candidate : all) {
            if (candidate.match().accepts(path, request)) {
                methods.addAll(servedBy(candidate.match()));
            }
        }
    }

    /** Returns whether a route serves a method. */
    static boolean serves(RouteMatch match, String method) {
        return match.methods().isEmpty() || servedBy(match).contains(method);
    }

    private static Set<String> servedBy(RouteMatch match) {
        Set<String> served = new HashSet<>(match.methods());
        if (served.contains(GET)) {
            served.add(HEAD);
        }
        return served;
    }

    /** @param methods one method, or none for the routes without methods */
    private List<Candidate<T>> naming(Set<String> methods) {
        return all.stream()
                .filter(candidate -> candidate.match().methods().isEmpty() == methods.isEmpty()
                        && candidate.match().methods().containsAll(methods))
                .toList();
    }

    /** Drops the routes after one that accepts every request. */
    private static <T> List<Candidate<T>> reachable(List<Candidate<T>> inTurn) {
        List<Candidate<T>> reachable = new ArrayList<>();
        for (Candidate<T> candidate : inTurn) {
            reachable.add(candidate);
            if (candidate.match().isUnconditional()) {
                break;
            }
        }
        return List.copyOf(reachable);
    }
}

package dev.clew.route;

import dev.clew.grammar.EditDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The routes nearest to a request that no route accepts.
 *
 * <p>Routes whose path matches come first, those that miss fewer other conditions before others; then routes whose
 * path is similar. A path is similar if it shares a segment with the request's, or resembles one.
 *
 * <p>The cost is bounded: the path is split once, and at most {@value #MAX_EXAMINED} routes are compared, each up to
 * its first difference and in {@value #MAX_SEGMENTS} segments, of which one is compared letter by letter.
 */
public final class NearestRoutes {

    /** The number of routes returned. */
    public static final int MOST = 3;

    static final int MAX_EXAMINED = 500;
    private static final int MAX_SEGMENTS = 16;
    private static final int MAX_LETTERS = 32;

    /** The distance of two segments that have nothing in common. */
    private static final int UNRELATED = 100;

    private static final int NOT_SIMILAR = Integer.MAX_VALUE;

    /** The distance of a slash at the end that is missing or too many, the smallest of all mistakes. */
    private static final int SLASH = 1;

    private NearestRoutes() {}

    /** A route, and the conditions that the request does not meet. */
    public record Near<T>(T target, List<Miss> misses) {}

    private record Ranked<T>(int distance, Near<T> route) {}

    /**
     * Finds the nearest routes, the nearest first.
     *
     * @param routes in the order of their declaration
     * @param path a {@link RequestPath#matched()}
     */
    public static <T> List<Near<T>> find(
            List<T> routes, Function<T, RouteMatch> match, String method, String path, RequestFacts request) {
        List<String> segments = PathSegments.of(path);
        List<Ranked<T>> ranked = new ArrayList<>();
        for (int i = 0; i < Math.min(routes.size(), MAX_EXAMINED); i++) {
            RouteMatch candidate = match.apply(routes.get(i));
            List<Miss> misses = Miss.of(candidate, method, path, segments, request);
            boolean matches = misses.isEmpty() || !misses.get(0).isOfPath();
            int distance = matches ? 0 : distance(candidate.path(), segments);
            if (distance < NOT_SIMILAR) {
                ranked.add(new Ranked<>(distance, new Near<>(routes.get(i), misses)));
            }
        }
        // The sort is stable: the order of declaration decides between equals.
        ranked.sort(Comparator.<Ranked<T>>comparingInt(Ranked::distance)
                .thenComparingInt(each -> each.route().misses().size()));
        return ranked.stream().limit(MOST).map(Ranked::route).toList();
    }

    private static int distance(PathMatch path, List<String> segments) {
        if (!(path instanceof PathPattern pattern)) {
            return NOT_SIMILAR;
        }
        List<PathPattern.Segment> expected = pattern.segments();
        int both = Math.min(Math.min(expected.size(), segments.size()), MAX_SEGMENTS);
        int distance = 0;
        boolean compared = false;
        for (int i = 0; i < both; i++) {
            if (!expected.get(i).accepts(segments.get(i))) {
                distance += compared ? UNRELATED : difference(expected.get(i).text(), segments.get(i));
                compared = true;
            }
        }
        int missing = Math.max(0, expected.size() - segments.size());
        int more = pattern.openEnded() ? 0 : Math.max(0, segments.size() - expected.size());
        boolean slash = more == 1 && segments.get(expected.size()).isEmpty()
                || missing == 1 && expected.get(segments.size()).text().isEmpty();
        int all = distance + (slash ? SLASH : UNRELATED * (missing + more));
        return all < UNRELATED * (expected.size() + more) ? all : NOT_SIMILAR;
    }

    /** Returns a share of {@link #UNRELATED}, at least 1: the letters that differ, if fewer than half of them do. */
    private static int difference(String expected, String found) {
        int longer = Math.max(expected.length(), found.length());
        if (longer == 0 || longer > MAX_LETTERS) {
            return UNRELATED;
        }
        int differing = EditDistance.between(expected, found);
        return differing * 2 < longer ? Math.max(SLASH, UNRELATED * differing / longer) : UNRELATED;
    }
}

package dev.clew.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of the segment tree: the segments that may follow those on the way to it.
 *
 * <p>Invariant: the nodes form a tree, and a lookup enters a node at one position of the path only. So a lookup visits
 * a node at most once, descends no deeper than the longest pattern, and never visits more than {@link #worstCase()}
 * nodes.
 */
final class RouteNode<T> {

    /** Sorted for binary search: unlike a hash table it has no colliding keys. */
    private final String[] literals;

    private final List<RouteNode<T>> literalNodes;
    private final @Nullable RouteNode<T> named;
    private final @Nullable MethodChoice<T> here;
    private final @Nullable MethodChoice<T> rest;
    private final int worstCase;

    private RouteNode(Growing<T> grown) {
        this.literals = grown.literals.keySet().toArray(new String[0]);
        this.literalNodes =
                grown.literals.values().stream().map(Growing::finish).toList();
        this.named = grown.named == null ? null : grown.named.finish();
        this.here = grown.here.isEmpty() ? null : new MethodChoice<>(grown.here);
        this.rest = grown.rest.isEmpty() ? null : new MethodChoice<>(grown.rest);
        int deepest =
                literalNodes.stream().mapToInt(node -> node.worstCase).max().orElse(0);
        this.worstCase = 1 + deepest + (named == null ? 0 : named.worstCase);
    }

    /** Returns the maximum number of nodes that a lookup visits from here on, including this one. */
    int worstCase() {
        return worstCase;
    }

    /**
     * Returns the best route of this subtree; null when there is none.
     *
     * @param at index of the slash before the next segment, or the path's length
     */
    MethodChoice.@Nullable Candidate<T> find(String method, String path, int at, RequestFacts request) {
        MethodChoice.Candidate<T> found = null;
        if (at == path.length()) {
            found = here == null ? null : here.find(method, path, request);
        } else {
            int end = segmentEnd(path, at + 1);
            RouteNode<T> literal = literal(path, at + 1, end);
            if (literal != null) {
                found = literal.find(method, path, end, request);
            }
            if (found == null && named != null && end > at + 1) {
                found = named.find(method, path, end, request);
            }
        }
        return found == null && rest != null ? rest.find(method, path, request) : found;
    }

    /**
     * Adds the methods of all routes of this subtree that match except for the method.
     *
     * @return the number of nodes visited: all that {@link #find} could visit for any method
     */
    int collectMethods(String path, int at, RequestFacts request, Set<String> methods) {
        if (rest != null) {
            rest.collectMethods(path, request, methods);
        }
        if (at == path.length()) {
            if (here != null) {
                here.collectMethods(path, request, methods);
            }
            return 1;
        }
        int visited = 1;
        int end = segmentEnd(path, at + 1);
        RouteNode<T> literal = literal(path, at + 1, end);
        if (literal != null) {
            visited += literal.collectMethods(path, end, request, methods);
        }
        if (named != null && end > at + 1) {
            visited += named.collectMethods(path, end, request, methods);
        }
        return visited;
    }

    private static int segmentEnd(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    private @Nullable RouteNode<T> literal(String path, int start, int end) {
        int low = 0;
        int high = literals.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(literals[middle], path, start, end);
            if (order == 0) {
                return literalNodes.get(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Compares as {@link String#compareTo}, with a range of {@code path} instead of a substring. */
    private static int compare(String literal, String path, int start, int end) {
        int common = Math.min(literal.length(), end - start);
        for (int i = 0; i < common; i++) {
            int difference = literal.charAt(i) - path.charAt(start + i);
            if (difference != 0) {
                return difference;
            }
        }
        return literal.length() - (end - start);
    }

    /** A node under construction. */
    static final class Growing<T> {

        private final TreeMap<String, Growing<T>> literals = new TreeMap<>();
        private @Nullable Growing<T> named;
        private final List<RouteTable.Entry<T>> here = new ArrayList<>();
        private final List<RouteTable.Entry<T>> rest = new ArrayList<>();

        void add(PathPattern path, RouteTable.Entry<T> route) {
            Growing<T> node = this;
            for (PathPattern.Segment segment : path.segments()) {
                if (segment instanceof PathPattern.Segment.Literal literal) {
                    node = node.literals.computeIfAbsent(literal.text(), text -> new Growing<>());
                } else {
                    node = node.named();
                }
            }
            (path.openEnded() ? node.rest : node.here).add(route);
        }

        private Growing<T> named() {
            if (named == null) {
                named = new Growing<>();
            }
            return named;
        }

        RouteNode<T> finish() {
            return new RouteNode<>(this);
        }
    }
}

package dev.clew.route;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The routes of one tenant: finds the one route a request takes.
 *
 * <p><b>Precedence.</b> A route matches a request when its path <em>and</em> its methods match. Of several that do, one
 * is taken by these rules, the first that tells them apart:
 *
 * <ol>
 *   <li>Their paths are compared segment by segment from the left: literal text beats {@code {name}} beats {@code **}.
 *       Where one pattern has ended and the other goes on with {@code **}, the ended one wins ({@code /orders} beats
 *       {@code /orders/**}). So {@code /a/{x}/**} beats {@code /{y}/b/c}.
 *   <li>A route that names the request's method beats one that serves HEAD because it names GET; that beats one that
 *       names no methods.
 *   <li>The route declared first.
 * </ol>
 *
 * <p>A route that names no methods serves all. A route that names GET serves HEAD too: HEAD is GET without the content
 * (RFC 9110 §9.3.2) and every general-purpose server must answer it (§9.1); nginx's {@code limit_except}, HAProxy's
 * {@code METH_GET} and Go's {@code ServeMux} agree. Methods are compared exactly, letter case included (§9.1).
 *
 * <p>The order of declaration matters for nothing else. Where paths match but no method does, the answer is 405 with
 * the methods of all routes whose path matches, whatever their rank.
 *
 * <p><b>Cost.</b> A look-up walks the path once per alternative and allocates nothing unless it ends in 405. It visits
 * at most {@value #MAX_VISITS} nodes, whatever the path, because {@link #of} refuses tables that could need more: a
 * tenant can not make the look-up slow for the others. It does not depend on the number of tenants.
 */
public final class RouteTable<T> {

    /** Real tables need a few more than their longest pattern has segments; this is a bound for hostile ones. */
    static final int MAX_VISITS = 256;

    private final RouteNode<T> root;
    private final Match.NotFound<T> notFound = new Match.NotFound<>();

    private RouteTable(RouteNode<T> root) {
        this.root = root;
    }

    /**
     * A route as the table sees it.
     *
     * @param name of the route, for messages
     * @param methods upper-case method names (RFC 9110 §9.1 {@code token}); none means any method
     * @param target what a match yields
     */
    public record Entry<T>(String name, PathPattern path, Set<String> methods, T target) {

        /**
         * Checks the methods.
         *
         * @throws IllegalArgumentException as {@code methods: "…" (expected: …)}
         */
        public Entry {
            methods = Set.copyOf(methods);
            for (String method : methods) {
                if (!isMethod(method)) {
                    throw new IllegalArgumentException(
                            "methods: \"" + method + "\" (expected: a method name in upper case, such as GET)");
                }
            }
        }
    }

    /**
     * Builds the table.
     *
     * @param routes in the order of their declaration
     * @throws IllegalArgumentException where some path would make a look-up visit more than {@value #MAX_VISITS} nodes,
     *     which takes hundreds of patterns that mix {@code {name}} and literal text in the same places
     */
    public static <T> RouteTable<T> of(List<Entry<T>> routes) {
        RouteNode.Growing<T> root = new RouteNode.Growing<>();
        for (Entry<T> route : routes) {
            if (route.path().segments().size() >= MAX_VISITS) {
                throw new IllegalArgumentException(
                        "path: \"" + route.path().template() + "\" (expected: fewer than " + MAX_VISITS + " segments)");
            }
            root.add(route);
        }
        RouteNode<T> finished = root.finish();
        if (finished.worstCase() > MAX_VISITS) {
            throw new IllegalArgumentException("routes: up to " + finished.worstCase()
                    + " alternatives to try for one path (expected: at most " + MAX_VISITS
                    + "; fewer patterns that have {name} where others have literal text)");
        }
        return new RouteTable<>(finished);
    }

    /**
     * Finds the route of a request by the precedence above.
     *
     * @param path a {@link RequestPath#matched()}
     */
    public Match<T> match(String method, String path) {
        Match.Found<T> found = root.find(method, path, 0);
        return found != null ? found : noRoute(path);
    }

    private Match<T> noRoute(String path) {
        Set<String> methods = new TreeSet<>();
        root.collectMethods(path, 0, methods);
        return methods.isEmpty() ? notFound : new Match.MethodNotAllowed<>(String.join(", ", methods));
    }

    /** What {@link #of} holds against the bound. */
    int worstCase() {
        return root.worstCase();
    }

    /** The nodes that a look-up of this path visits at most: for tests of the bound. */
    int visits(String path) {
        return root.collectMethods(path, 0, new TreeSet<>());
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

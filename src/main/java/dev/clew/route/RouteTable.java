package dev.clew.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one tenant: finds the one route a request takes.
 *
 * <p><b>Precedence.</b> A route matches a request when its path, its methods <em>and</em> its {@link Conditions} match. Of
 * several that do, one is taken by these rules, the first that tells them apart:
 *
 * <ol>
 *   <li>Path patterns are compared segment by segment from the left: literal text beats {@code {name}} beats {@code **}.
 *       Where one pattern has ended and the other goes on with {@code **}, the ended one wins ({@code /orders} beats
 *       {@code /orders/**}). So {@code /a/{x}/**} beats {@code /{y}/b/c}. A regular expression beats the best of them if
 *       that one ends in {@code **}, and no other: between exact and prefix, as Envoy Gateway has it.
 *   <li>A route that names the request's method beats one that serves HEAD because it names GET; that beats one that
 *       names no methods.
 *   <li>The route with more header matches, then the one with more query matches.
 *   <li>The route declared first.
 * </ol>
 *
 * <p>From the second rule on this is the order of Gateway API's {@code HTTPRouteRule}. Regular expressions are not compared
 * with one another: the rules after the first decide.
 *
 * <p>A route that names no methods serves all. A route that names GET serves HEAD too: HEAD is GET without the content
 * (RFC 9110 §9.3.2) and every general-purpose server must answer it (§9.1); nginx's {@code limit_except}, HAProxy's
 * {@code METH_GET} and Go's {@code ServeMux} agree. Methods are compared exactly, letter case included (§9.1).
 *
 * <p>The order of declaration matters for nothing else. Where routes match but for the method, the answer is 405 with the
 * methods of all of them, whatever their rank.
 *
 * <p><b>Cost.</b> A look-up walks the path once per alternative and allocates nothing unless it ends in 405 or a route has
 * conditions. It visits at most {@value #MAX_VISITS} nodes, whatever the path, looks at most at
 * {@value #MAX_CONDITIONS} header fields and query parameters, and steps through at most {@value #MAX_EXPRESSIONS} instructions for each character that regular expressions look at, because {@link #of} refuses
 * tables that could need more: a tenant can not make the look-up slow for the others. It does not depend on the number of
 * tenants.
 */
public final class RouteTable<T> {

    /** Real tables need a few more than their longest pattern has segments; this is a bound for hostile ones. */
    static final int MAX_VISITS = 256;

    /** Of all routes together: with {@link LinearPattern#MAX_TEXT} some milliseconds at the worst, which takes intent. */
    static final int MAX_EXPRESSIONS = 1000;

    /** Header and query matches of all routes together, since all may stand on one path. */
    static final int MAX_CONDITIONS = 500;

    private final RouteNode<T> root;
    private final @Nullable MethodChoice<T> expressions;
    private final Match.NotFound<T> notFound = new Match.NotFound<>();

    private RouteTable(RouteNode<T> root, @Nullable MethodChoice<T> expressions) {
        this.root = root;
        this.expressions = expressions;
    }

    /**
     * A route as the table sees it.
     *
     * @param name of the route, for messages
     * @param target what a match yields
     */
    public record Entry<T>(String name, RouteMatch match, T target) {}

    /**
     * Builds the table.
     *
     * @param routes in the order of their declaration
     * @throws IllegalArgumentException where some path would make a look-up visit more than {@value #MAX_VISITS} nodes,
     *     which takes hundreds of patterns that mix {@code {name}} and literal text in the same places; or where regular
     *     expressions come to more than {@value #MAX_EXPRESSIONS} instructions, or conditions to more than {@value
     *     #MAX_CONDITIONS}
     */
    public static <T> RouteTable<T> of(List<Entry<T>> routes) {
        RouteNode.Growing<T> root = new RouteNode.Growing<>();
        List<Entry<T>> expressions = new ArrayList<>();
        for (Entry<T> route : routes) {
            if (route.match().path() instanceof PathPattern path) {
                checkLength(path);
                root.add(path, route);
            } else {
                expressions.add(route);
            }
        }
        RouteNode<T> finished = root.finish();
        if (finished.worstCase() > MAX_VISITS) {
            throw new IllegalArgumentException("routes: up to " + finished.worstCase()
                    + " alternatives to try for one path (expected: at most " + MAX_VISITS
                    + "; fewer patterns that have {name} where others have literal text)");
        }
        checkConditions(routes);
        return new RouteTable<>(finished, expressions.isEmpty() ? null : new MethodChoice<>(expressions));
    }

    private static <T> void checkConditions(List<Entry<T>> routes) {
        int instructions = 0;
        int conditions = 0;
        for (Entry<T> route : routes) {
            instructions += route.match().expressionSize();
            conditions += route.match().conditions().count();
        }
        if (instructions > MAX_EXPRESSIONS) {
            throw new IllegalArgumentException("routes: regular expressions of " + instructions
                    + " instructions (expected: at most " + MAX_EXPRESSIONS + " in all)");
        }
        if (conditions > MAX_CONDITIONS) {
            throw new IllegalArgumentException("routes: " + conditions + " header and query matches (expected: at most "
                    + MAX_CONDITIONS + " in all)");
        }
    }

    private static void checkLength(PathPattern path) {
        if (path.segments().size() >= MAX_VISITS) {
            throw new IllegalArgumentException(
                    "path: \"" + path.template() + "\" (expected: fewer than " + MAX_VISITS + " segments)");
        }
    }

    /**
     * Finds the route of a request by the precedence above.
     *
     * @param path a {@link RequestPath#matched()}
     */
    public Match<T> match(String method, String path, RequestFacts request) {
        MethodChoice.Candidate<T> found = root.find(method, path, 0, request);
        if (expressions != null && (found == null || found.openEnded())) {
            MethodChoice.Candidate<T> expression = expressions.find(method, path, request);
            found = expression == null ? found : expression;
        }
        return found != null ? found.found() : noRoute(path, request);
    }

    private Match<T> noRoute(String path, RequestFacts request) {
        Set<String> methods = new TreeSet<>();
        root.collectMethods(path, 0, request, methods);
        if (expressions != null) {
            expressions.collectMethods(path, request, methods);
        }
        return methods.isEmpty() ? notFound : new Match.MethodNotAllowed<>(String.join(", ", methods));
    }

    /** What {@link #of} holds against the bound. */
    int worstCase() {
        return root.worstCase();
    }

    /** The nodes that a look-up of this path visits at most: for tests of the bound. */
    int visits(String path, RequestFacts request) {
        return root.collectMethods(path, 0, request, new TreeSet<>());
    }
}

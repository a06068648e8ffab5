package dev.clew.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one tenant, and the lookup of a request's route.
 *
 * <p><b>Precedence.</b> A route matches a request when its path, its methods <em>and</em> its {@link Conditions} match.
 * Among several matching routes, the first of these rules that distinguishes them decides:
 *
 * <ol>
 *   <li>Path patterns are compared segment by segment from the left: literal text beats {@code {name}} beats
 *       {@code **}. Where one pattern has ended and the other continues with {@code **}, the ended one wins
 *       ({@code /orders} beats {@code /orders/**}). So {@code /a/{x}/**} beats {@code /{y}/b/c}. A regular expression
 *       beats the best pattern only if that one ends in {@code **}: between exact and prefix, as in Envoy Gateway.
 *   <li>A route that names the request's method beats one that serves HEAD because it names GET; that beats one that
 *       names no methods.
 *   <li>The route with more header matches, then the one with more query matches.
 *   <li>The route declared first.
 * </ol>
 *
 * <p>From the second rule on this is the order of Gateway API's {@code HTTPRouteRule}. The first rule does not apply
 * between regular expressions.
 *
 * <p>A route that names no methods serves all. A route that names GET serves HEAD too: HEAD is GET without the content
 * (RFC 9110 §9.3.2) and every general-purpose server must support it (§9.1); nginx's {@code limit_except}, HAProxy's
 * {@code METH_GET} and Go's {@code ServeMux} agree. Methods are compared exactly, including case (§9.1).
 *
 * <p>If routes match except for the method, the response is 405 with the methods of all of them, whatever their rank.
 *
 * <p><b>Cost.</b> A lookup walks the path once per alternative and allocates nothing unless it ends in 405 or a route
 * has conditions. It visits at most {@value #MAX_VISITS} nodes, whatever the path, examines at most
 * {@value #MAX_CONDITIONS} header fields and query parameters, and executes at most {@value #MAX_EXPRESSIONS}
 * instructions for each character that regular expressions read, because {@link #of} rejects tables that could need
 * more: a tenant cannot slow down lookups for others. The cost does not depend on the number of tenants.
 */
public final class RouteTable<T> {

    /** Real tables need a few more than the segments of their longest pattern; this bounds hostile ones. */
    static final int MAX_VISITS = 256;

    /** In total; with {@link LinearPattern#MAX_TEXT} some milliseconds at worst, which only a hostile table needs. */
    static final int MAX_EXPRESSIONS = 1000;

    /** Header and query matches in total, since all may be on one path. */
    static final int MAX_CONDITIONS = 500;

    private final RouteNode<T> root;
    private final @Nullable MethodChoice<T> expressions;
    private final Match.NotFound<T> notFound = new Match.NotFound<>();

    private RouteTable(RouteNode<T> root, @Nullable MethodChoice<T> expressions) {
        this.root = root;
        this.expressions = expressions;
    }

    /**
     * A route of the table.
     *
     * @param name of the route, for messages
     * @param target the result of a match
     */
    public record Entry<T>(String name, RouteMatch match, T target) {}

    /**
     * Builds the table.
     *
     * @param routes in the order of their declaration
     * @throws IllegalArgumentException if some path would make a lookup visit more than {@value #MAX_VISITS} nodes,
     *     which takes hundreds of patterns that mix {@code {name}} and literal text in the same places; or if regular
     *     expressions exceed {@value #MAX_EXPRESSIONS} instructions or conditions {@value #MAX_CONDITIONS} in total
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
                    + " alternatives for one path (expected: at most " + MAX_VISITS
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

    /** Returns the number that {@link #of} bounds by {@link #MAX_VISITS}. */
    int worstCase() {
        return root.worstCase();
    }

    /** Returns the maximum number of nodes visited for this path, for tests of the bound. */
    int visits(String path, RequestFacts request) {
        return root.collectMethods(path, 0, request, new TreeSet<>());
    }
}

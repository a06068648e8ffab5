package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private static final RouteTable<String> PATHS = RouteTable.of(List.of(
            route("/"),
            route("/orders"),
            route("/orders/**"),
            route("/orders/{id}"),
            route("/orders/{id}/items"),
            route("/orders/new/items"),
            route("/orders/new"),
            route("/{any}/new/items/"),
            route("/{any}/{second}/**")));

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/orders, /orders",
        "/orders/, /orders/**",
        "/orders/5, /orders/{id}",
        "/orders/new, /orders/new",
        "/orders/newer, /orders/{id}",
        "/orders/5/items, /orders/{id}/items",
        "/orders/new/items, /orders/new/items",
        "/orders/5/items/, /orders/**",
        "/orders/new/other, /orders/**",
        "/ordersX/new/items/, /{any}/new/items/",
        "/ordersX/new/items, /{any}/{second}/**",
        "/Orders/5, /{any}/{second}/**",
    })
    void prefersTheMoreSpecificPathFromTheLeft(String path, String template) {
        assertEquals(new Match.Found<>(template), PATHS.match("GET", path, Facts.NONE));
    }

    @ParameterizedTest
    @CsvSource({"/ordersX", "/a/", "//"})
    void findsNothingWhereNoPathMatches(String path) {
        assertEquals(new Match.NotFound<>(), PATHS.match("GET", path, Facts.NONE));
    }

    @Test
    void prefersARouteThatNamesTheMethodThenTheFirstDeclared() {
        RouteTable<String> table = RouteTable.of(List.of(
                entry("/a/{x}", Set.of(), "any"),
                entry("/a/{y}", Set.of("GET"), "get"),
                entry("/a/{z}", Set.of("GET", "POST"), "second"),
                entry("/a/{x}", Set.of(), "late")));

        assertEquals(new Match.Found<>("get"), table.match("GET", "/a/1", Facts.NONE));
        assertEquals(new Match.Found<>("second"), table.match("POST", "/a/1", Facts.NONE));
        assertEquals(new Match.Found<>("any"), table.match("PUT", "/a/1", Facts.NONE));
    }

    @Test
    void servesHeadByARouteForGetUnlessAnotherNamesHead() {
        RouteTable<String> table = RouteTable.of(List.of(
                entry("/a", Set.of("GET"), "get"),
                entry("/a", Set.of("HEAD"), "head"),
                entry("/b", Set.of(), "any"),
                entry("/b", Set.of("GET"), "get")));

        assertEquals(new Match.Found<>("head"), table.match("HEAD", "/a", Facts.NONE));
        assertEquals(new Match.Found<>("get"), table.match("HEAD", "/b", Facts.NONE));
    }

    @Test
    void fallsBackToALessSpecificPathThatServesTheMethod() {
        RouteTable<String> table =
                RouteTable.of(List.of(entry("/a/b", Set.of("GET"), "exact"), entry("/**", Set.of(), "all")));

        assertEquals(new Match.Found<>("all"), table.match("POST", "/a/b", Facts.NONE));
    }

    @Test
    void allowsTheMethodsOfAllRoutesWhosePathMatches() {
        RouteTable<String> table = RouteTable.of(List.of(
                entry("/a/b", Set.of("GET"), "exact"),
                entry("/a/{x}", Set.of("PUT", "DELETE"), "named"),
                entry("/a/**", Set.of("POST"), "rest"),
                entry("/a/c", Set.of("PATCH"), "other")));

        assertEquals(
                new Match.MethodNotAllowed<>("DELETE, GET, HEAD, POST, PUT"),
                table.match("OPTIONS", "/a/b", Facts.NONE));
        assertEquals(new Match.MethodNotAllowed<>("POST"), table.match("get", "/a", Facts.NONE));
    }

    @Test
    void yieldsTheSameMatchObjectForEachRequest() {
        assertSame(PATHS.match("GET", "/orders/1", Facts.NONE), PATHS.match("POST", "/orders/2", Facts.NONE));
        assertSame(PATHS.match("GET", "/nowhere", Facts.NONE), PATHS.match("GET", "/else", Facts.NONE));
    }

    @Test
    void findsNothingInAnEmptyTable() {
        assertEquals(new Match.NotFound<>(), RouteTable.of(List.of()).match("GET", "/", Facts.NONE));
    }

    @Test
    void rejectsTablesWhereALookupTriesEveryCombination() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> RouteTable.of(allCombinations(8)));

        assertTrue(failure.getMessage().startsWith("routes: up to 1023 alternatives"), failure.getMessage());
    }

    @Test
    void visitsNoMoreThanTheBoundInTheWorstTableItAccepts() {
        RouteTable<String> table = RouteTable.of(allCombinations(6));
        String hostile = "/a".repeat(4_000);

        assertEquals(255, table.worstCase());
        assertEquals(255, table.visits("/a/a/a/a/a/a/z/end", Facts.NONE));
        assertEquals(127, table.visits(hostile, Facts.NONE));
        assertEquals(new Match.NotFound<>(), table.match("GET", hostile, Facts.NONE));
    }

    @Test
    void visitsOneNodeForEachSegmentOfAnOrdinaryTable() {
        List<RouteTable.Entry<String>> routes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            routes.add(route("/api/v" + i + "/{id}/items/**"));
        }

        assertEquals(5, RouteTable.of(routes).visits("/api/v77/1/items/2/3/4/5/6/7", Facts.NONE));
    }

    @Test
    void rejectsPatternsTooLongToWalk() {
        List<RouteTable.Entry<String>> routes = List.of(route("/a".repeat(20_000)));

        assertThrows(IllegalArgumentException.class, () -> RouteTable.of(routes));
    }

    @ParameterizedTest
    @CsvSource({"get", "''", "GET POST", "GÉT"})
    void rejectsMalformedMethodNames(String method) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> entry("/a", Set.of(method), "a"));

        assertEquals(
                "methods: \"" + method + "\" (expected: a method name in upper case, such as GET)",
                failure.getMessage());
    }

    /** Returns every mix of "a" and {name} over this many segments, each with an end that a path can miss. */
    private static List<RouteTable.Entry<String>> allCombinations(int segments) {
        List<RouteTable.Entry<String>> routes = new ArrayList<>();
        for (int bits = 0; bits < 1 << segments; bits++) {
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < segments; i++) {
                pattern.append(((bits >> i) & 1) == 0 ? "/a" : "/{n" + i + "}");
            }
            routes.add(route(pattern + "/z/end"));
        }
        return routes;
    }

    private static RouteTable.Entry<String> route(String template) {
        return entry(template, Set.of(), template);
    }

    private static RouteTable.Entry<String> entry(String template, Set<String> methods, String target) {
        return new RouteTable.Entry<>(
                target, new RouteMatch(PathPattern.parse(template), methods, Conditions.NONE), target);
    }
}

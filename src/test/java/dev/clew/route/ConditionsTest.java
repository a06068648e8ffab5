package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
            lang=de           | de
            a=1&lang=de       | de
            lang=de&lang=fr   | de
            lang              | ''
            lang=             | ''
            lang&lang=fr      | ''
            %6C%61ng=d%65     | de
            lang=a+b%2Bc      | a b+c
            lang=%C3%A9       | é
            lang=%            | %
            lang=%4           | %4
            lang=%zz          | %zz
            lang=a=b          | a=b
            &&lang=de         | de
            =de               | none
            Lang=de           | none
            langs=de          | none
            xlang=de          | none
            a=lang=de         | none
            ''                | none
            """)
    void readsAQueryAsServersDo(String query, String value) {
        assertEquals(value, QueryParameters.first(query, "lang"));
    }

    @Test
    void findsNoParameterWithoutAQuery() {
        assertNull(QueryParameters.first(null, "lang"));
    }

    @Test
    void readsAnyQueryToItsEnd() {
        Seeded.check(5_000, random -> {
            StringBuilder query = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                query.append(Seeded.oneOf(random, List.of("a", "%", "4", "1", "=", "&", "+", "%41")));
            }
            String value = QueryParameters.first(query.toString(), "A");
            assertTrue(value == null || value.length() <= query.length(), query::toString);
        });
    }

    @Test
    void fallsThroughToTheNextRouteOfThePathWhenConditionsFail() {
        RouteTable<String> table = RouteTable.of(List.of(
                entry("all", "/a", Conditions.NONE),
                entry("beta", "/a", headers("x-beta", new ValueMatch.Present())),
                entry("german", "/a", query("lang", new ValueMatch.Exact("de"))),
                entry("rest", "/**", Conditions.NONE)));

        assertEquals(new Match.Found<>("beta"), table.match("GET", "/a", new Facts(Map.of("x-beta", ""), "lang=de")));
        assertEquals(new Match.Found<>("german"), table.match("GET", "/a", new Facts(Map.of(), "lang=de")));
        assertEquals(new Match.Found<>("all"), table.match("GET", "/a", new Facts(Map.of(), "lang=fr")));
    }

    @Test
    void fallsThroughToALessSpecificPath() {
        RouteTable<String> table = RouteTable.of(List.of(
                entry("beta", "/a", headers("x-beta", new ValueMatch.Present())),
                entry("rest", "/**", Conditions.NONE)));

        assertEquals(new Match.Found<>("rest"), table.match("GET", "/a", Facts.NONE));
    }

    @Test
    void findsNothingWhenOnlyConditionsFail() {
        RouteMatch post =
                new RouteMatch(PathPattern.parse("/a"), Set.of("POST"), headers("x-beta", new ValueMatch.Present()));
        RouteTable<String> table = RouteTable.of(List.of(new RouteTable.Entry<>("beta", post, "beta")));

        assertEquals(new Match.NotFound<>(), table.match("GET", "/a", Facts.NONE));
        assertEquals(
                new Match.MethodNotAllowed<>("POST"), table.match("GET", "/a", new Facts(Map.of("x-beta", "1"), null)));
    }

    @Test
    void rejectsDuplicateNames() {
        List<Conditions.Field> twice = List.of(
                new Conditions.Field("X-a", new ValueMatch.Present()),
                new Conditions.Field("x-A", new ValueMatch.Present()));

        assertThrows(IllegalArgumentException.class, () -> new Conditions(twice, List.of()));
    }

    @Test
    void rejectsTablesWithTooManyExpressionInstructions() {
        List<RouteTable.Entry<String>> routes = List.of(
                entry("a", "/a", headers("a", ValueMatch.Expression.parse("a{240}"))),
                entry("b", "/b", query("a", ValueMatch.Expression.parse("a{240}"))),
                entry("c", "/c", query("a", ValueMatch.Expression.parse("a{240}"))),
                entry("d", "/d", query("a", ValueMatch.Expression.parse("a{240}"))));
        RouteTable.of(routes);
        List<RouteTable.Entry<String>> more = new ArrayList<>(routes);
        RouteMatch path = new RouteMatch(PathExpression.parse("/a{240}"), Set.of(), Conditions.NONE);
        more.add(new RouteTable.Entry<>("e", path, "e"));

        assertTrue(assertThrows(IllegalArgumentException.class, () -> RouteTable.of(more))
                .getMessage()
                .startsWith("routes: regular expressions of "));
    }

    @Test
    void rejectsTablesWithTooManyConditions() {
        List<RouteTable.Entry<String>> routes = new ArrayList<>();
        for (int i = 0; i < RouteTable.MAX_CONDITIONS; i++) {
            routes.add(entry("r" + i, "/a", headers("x-" + i, new ValueMatch.Present())));
        }
        assertEquals(new Match.NotFound<>(), RouteTable.of(routes).match("GET", "/a", Facts.NONE));
        routes.add(entry("one", "/b", query("more", new ValueMatch.Present())));

        assertEquals(
                "routes: 501 header and query matches (expected: at most 500 in all)",
                assertThrows(IllegalArgumentException.class, () -> RouteTable.of(routes))
                        .getMessage());
    }

    private static Conditions headers(String name, ValueMatch value) {
        return new Conditions(List.of(new Conditions.Field(name, value)), List.of());
    }

    private static Conditions query(String name, ValueMatch value) {
        return new Conditions(List.of(), List.of(new Conditions.Field(name, value)));
    }

    private static RouteTable.Entry<String> entry(String name, String path, Conditions conditions) {
        return new RouteTable.Entry<>(name, new RouteMatch(PathPattern.parse(path), Set.of(), conditions), name);
    }
}

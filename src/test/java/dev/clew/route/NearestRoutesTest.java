package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NearestRoutesTest {

    private record Facts(Map<String, String> headers, @Nullable String query) implements RequestFacts {

        @Override
        public @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    private static final RequestFacts NOTHING = new Facts(Map.of(), null);

    private static RouteMatch match(String path, String... methods) {
        return new RouteMatch(PathPattern.parse(path), Set.of(methods), Conditions.NONE);
    }

    private static RouteMatch withHeader(String path, String name, String value) {
        return new RouteMatch(
                PathPattern.parse(path),
                Set.of(),
                new Conditions(
                        List.of(new Conditions.Field(name, new ValueMatch.Exact(value))),
                        List.of(new Conditions.Field("lang", new ValueMatch.Present()))));
    }

    private static List<String> nearest(String method, String path, RequestFacts facts, RouteMatch... routes) {
        return NearestRoutes.find(List.of(routes), Function.identity(), method, path, facts).stream()
                .map(near -> near.target().path().template() + " " + near.misses())
                .toList();
    }

    private static List<String> nearest(String path, String... templates) {
        List<RouteMatch> routes = new ArrayList<>();
        for (String template : templates) {
            routes.add(match(template));
        }
        return nearest("GET", path, NOTHING, routes.toArray(RouteMatch[]::new));
    }

    @Test
    void aMistypedSegmentIsNamed() {
        assertEquals(
                List.of("/orders/{id} [Segment[number=1, expected=orders, found=ordres]]"),
                nearest("/ordres/42", "/stock", "/orders/{id}"));
    }

    @Test
    void aRouteThatMissesTheMethodComesBeforeASimilarPath() {
        assertEquals(
                List.of(
                        "/orders/{id} [Method[served=[POST]]]",
                        "/order/{id} [Segment[number=1, expected=order, found=orders]]"),
                nearest("GET", "/orders/42", NOTHING, match("/order/{id}"), match("/orders/{id}", "POST")));
    }

    @Test
    void aRouteForGetServesHead() {
        assertEquals(List.of("/a [Method[served=[POST]]]"), nearest("HEAD", "/a", NOTHING, match("/a", "POST")));
        assertEquals(List.of("/a []"), nearest("HEAD", "/a", NOTHING, match("/a", "GET")));
    }

    @Test
    void headersAndParametersAreNamedWithoutTheirValues() {
        assertEquals(
                List.of("/a [Header[name=x-tier, sent=true], Query[name=lang, sent=false]]"),
                nearest("GET", "/a", new Facts(Map.of("x-tier", "gold"), "x=1"), withHeader("/a", "x-tier", "silver")));
    }

    @Test
    void aSlashAtTheEndIsTheSmallestMistake() {
        assertEquals(
                List.of(
                        "/orders [Segment[number=2, expected=null, found=]]",
                        "/order/ [Segment[number=1, expected=order, found=orders]]"),
                nearest("/orders/", "/order/", "/orders"));
        assertEquals(List.of("/orders/ [Segment[number=2, expected=, found=null]]"), nearest("/orders", "/orders/"));
    }

    @Test
    void segmentsTooManyAndTooFewAreNamed() {
        assertEquals(
                List.of("/orders/{id} [Segment[number=3, expected=null, found=items]]"),
                nearest("/orders/1/items", "/orders/{id}"));
        assertEquals(
                List.of("/orders/{id} [Segment[number=2, expected={id}, found=null]]"),
                nearest("/orders", "/orders/{id}"));
    }

    @Test
    void aRouteThatSharesNothingIsNotNear() {
        assertEquals(List.of(), nearest("/a/b/c", "/x", "/x/**", "/x/y/z"));
    }

    @Test
    void anExpressionIsNearOnlyIfItMatches() {
        RouteMatch expression = new RouteMatch(PathExpression.parse("/o+"), Set.of("POST"), Conditions.NONE);

        assertEquals(List.of("/o+ [Method[served=[POST]]]"), nearest("GET", "/ooo", NOTHING, expression));
        assertEquals(List.of(), nearest("GET", "/ob", NOTHING, expression));
    }

    @Test
    void atMostThreeAreReturnedAndTheFirstFiveHundredExamined() {
        String[] same = IntStream.range(0, 600).mapToObj(i -> "/orders/x" + i).toArray(String[]::new);
        same[550] = "/orders";

        assertEquals(3, nearest("/orders/y", same).size());
        assertEquals(
                0,
                nearest("/orders/y", same).stream()
                        .filter(near -> near.startsWith("/orders "))
                        .count());
    }
}

package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteTest {

    @ParameterizedTest
    @CsvSource({
        "/orders/**, /v1/orders/**, /orders, /v1/orders",
        "/orders/**, /v1/orders/**, /orders/, /v1/orders/",
        "/orders/**, /v1/orders/**, /orders/5/items, /v1/orders/5/items",
        "/orders/**, /v1/orders/**, /orders;v=1/5;w=2, /v1/orders/5;w=2",
        "/orders/**, /v1/orders/**, /orders/a%40b, /v1/orders/a%40b",
        "/api/**, /**, /api, /",
        "/api/**, /**, /api/, /",
        "/api/**, /**, /api/x, /x",
        "/**, /base/**, /, /base/",
        "/**, /base/**, /x/y, /base/x/y",
        "/a/**, /fixed, /a/b/c, /fixed",
        "/a, /, /a, /",
        "/a, /b/, /a, /b/",
        "/o/{id}, /v1/{id}, /o/5, /v1/5",
        "/o/{id}, /v1/{id}/, /o/5;x, /v1/5;x/",
        "/{a}/x/{b}, /{b}/{a}, /1/x/2, /2/1",
        "/{a}/{b}/**, /z/{b}/**, /1/2/3/, /z/2/3/",
        "/{a}/{b}/**, /z/{b}/**, /1/2, /z/2",
    })
    void substitutesNamedSegmentsAndTheRest(String from, String to, String received, String forwarded) {
        Rewrite rewrite = Rewrite.of(PathPattern.parse(from), PathPattern.parse(to));

        assertEquals(forwarded, rewrite.apply(path(received)));
    }

    @Test
    void leavesThePathUnchangedWithoutANewPattern() {
        RequestPath path = path("/orders;x=1/5");

        assertSame(path.raw(), Rewrite.of(PathPattern.parse("/**"), null).apply(path));
    }

    @Test
    void rejectsNamesThatTheRouteDoesNotHave() {
        assertEquals(
                "path: \"/v1/{key}\" (expected: only names of the route's path \"/o/{id}\", found {key})",
                failure("/o/{id}", "/v1/{key}"));
    }

    @Test
    void rejectsARestThatTheRouteDoesNotHave() {
        assertEquals(
                "path: \"/v1/**\" (expected: no \"**\", because the route's path \"/o\" has none)",
                failure("/o", "/v1/**"));
    }

    @Test
    void yieldsNormalPathsForNormalPaths() {
        Rewrite rewrite = Rewrite.of(PathPattern.parse("/{a}/b/**"), PathPattern.parse("/x/{a}/**"));
        Seeded.check(5_000, random -> {
            StringBuilder received =
                    new StringBuilder("/").append(RandomRoutes.segment(random)).append("/b");
            for (int i = random.nextInt(4); i > 0; i--) {
                received.append('/').append(RandomRoutes.segment(random)).append(random.nextBoolean() ? "" : ";p=%40");
            }
            String forwarded = rewrite.apply(path(received.toString()));
            assertEquals(forwarded, path(forwarded).raw());
        });
    }

    private static String failure(String from, String to) {
        PathPattern fromPattern = PathPattern.parse(from);
        PathPattern toPattern = PathPattern.parse(to);
        return assertThrows(IllegalArgumentException.class, () -> Rewrite.of(fromPattern, toPattern))
                .getMessage();
    }

    private static RequestPath path(String received) {
        return assertInstanceOf(RequestPath.Parsed.Ok.class, RequestPath.parse(received))
                .path();
    }
}

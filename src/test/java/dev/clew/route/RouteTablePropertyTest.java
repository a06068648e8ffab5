package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouteTablePropertyTest {

    @Test
    void findsWhatTheReferenceMatcherFinds() {
        Seeded.check(5_000, random -> checkAgainstReference(random, RandomRoutes.routes(random)));
    }

    @Test
    void findsWhatTheReferenceMatcherFindsUnderConditions() {
        Seeded.check(5_000, random -> checkAgainstReference(random, RandomRoutes.conditionalRoutes(random)));
    }

    private static void checkAgainstReference(Random random, List<RouteTable.Entry<Integer>> routes) {
        RouteTable<Integer> table = RouteTable.of(routes);
        for (int i = 0; i < 8; i++) {
            String method = RandomRoutes.method(random);
            String path = RandomRoutes.path(random);
            Facts facts = RandomRoutes.facts(random);
            assertEquals(
                    ReferenceMatcher.match(routes, method, path, facts),
                    table.match(method, path, facts),
                    () -> method + " " + path + " with " + facts + " in " + routes);
        }
    }

    @Test
    void neverVisitsMoreNodesThanTheBoundSays() {
        Seeded.check(2_000, random -> {
            RouteTable<Integer> table = RouteTable.of(RandomRoutes.routes(random));
            for (int i = 0; i < 8; i++) {
                assertTrue(table.visits(RandomRoutes.path(random), Facts.NONE) <= table.worstCase());
            }
        });
    }
}

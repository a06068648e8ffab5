package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTablePropertyTest {

    @Test
    void findsWhatTheReferenceMatcherFinds() {
        Seeded.check(5_000, random -> {
            List<RouteTable.Entry<Integer>> routes = RandomRoutes.routes(random);
            RouteTable<Integer> table = RouteTable.of(routes);
            for (int i = 0; i < 8; i++) {
                String method = RandomRoutes.method(random);
                String path = RandomRoutes.path(random);
                assertEquals(
                        ReferenceMatcher.match(routes, method, path),
                        table.match(method, path),
                        () -> method + " " + path + " in " + routes);
            }
        });
    }

    @Test
    void neverVisitsMoreNodesThanTheBoundSays() {
        Seeded.check(2_000, random -> {
            RouteTable<Integer> table = RouteTable.of(RandomRoutes.routes(random));
            for (int i = 0; i < 8; i++) {
                assertTrue(table.visits(RandomRoutes.path(random)) <= table.worstCase());
            }
        });
    }
}

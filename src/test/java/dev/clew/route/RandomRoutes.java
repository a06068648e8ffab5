package dev.clew.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Routes and paths over so small an alphabet that they overlap in every way. */
final class RandomRoutes {

    private static final List<String> LITERALS = List.of("a", "b", "c", "ab", "aa");
    private static final List<Set<String>> METHODS = List.of(
            Set.of(), Set.of(), Set.of("GET"), Set.of("POST"), Set.of("HEAD"), Set.of("GET", "POST"), Set.of("DELETE"));

    private RandomRoutes() {}

    static List<RouteTable.Entry<Integer>> routes(Random random) {
        List<RouteTable.Entry<Integer>> routes = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            int number = routes.size();
            routes.add(new RouteTable.Entry<>(
                    "r" + number, PathPattern.parse(pattern(random)), Seeded.oneOf(random, METHODS), number));
        }
        return routes;
    }

    static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            pattern.append('/').append(random.nextInt(3) == 0 ? "{n" + i + "}" : Seeded.oneOf(random, LITERALS));
        }
        switch (random.nextInt(4)) {
            case 0 -> pattern.append("/**");
            case 1 -> pattern.append('/');
            default -> pattern.append(pattern.length() == 0 ? "/" : "");
        }
        return pattern.toString();
    }

    static String path(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            path.append('/').append(segment(random));
        }
        return path.append(path.length() == 0 || random.nextInt(4) == 0 ? "/" : "")
                .toString();
    }

    static String segment(Random random) {
        return Seeded.oneOf(random, LITERALS);
    }

    static String method(Random random) {
        return Seeded.oneOf(random, List.of("GET", "HEAD", "POST", "DELETE", "PUT"));
    }
}

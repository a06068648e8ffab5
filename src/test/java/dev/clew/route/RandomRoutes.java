package dev.clew.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;

/** Makes routes and paths over so small an alphabet that they overlap in every way. */
final class RandomRoutes {

    private static final List<String> LITERALS = List.of("a", "b", "c", "ab", "aa");
    private static final List<Set<String>> METHODS = List.of(
            Set.of(), Set.of(), Set.of("GET"), Set.of("POST"), Set.of("HEAD"), Set.of("GET", "POST"), Set.of("DELETE"));

    private static final List<String> EXPRESSIONS = List.of("/a.*", "(/[ab]+)+", "/.*/b", "/", "/(a|c)/?", ".*");
    private static final List<String> NAMES = List.of("x", "y");
    private static final List<ValueMatch> VALUES = List.of(
            new ValueMatch.Present(),
            new ValueMatch.Exact("a"),
            new ValueMatch.Exact("ab"),
            ValueMatch.Expression.parse("a.?"),
            ValueMatch.Expression.parse("[^a]"));

    private RandomRoutes() {}

    static List<RouteTable.Entry<Integer>> routes(Random random) {
        List<RouteTable.Entry<Integer>> routes = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            int number = routes.size();
            routes.add(
                    entry(number, PathPattern.parse(pattern(random)), Seeded.oneOf(random, METHODS), Conditions.NONE));
        }
        return routes;
    }

    /** Returns routes with conditions on header fields and query parameters, some by regular expression. */
    static List<RouteTable.Entry<Integer>> conditionalRoutes(Random random) {
        List<RouteTable.Entry<Integer>> routes = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            PathMatch path = random.nextInt(3) == 0
                    ? PathExpression.parse(Seeded.oneOf(random, EXPRESSIONS))
                    : PathPattern.parse(pattern(random));
            Conditions conditions = new Conditions(fields(random), fields(random));
            routes.add(entry(routes.size(), path, Seeded.oneOf(random, METHODS), conditions));
        }
        return routes;
    }

    private static List<Conditions.Field> fields(Random random) {
        List<Conditions.Field> fields = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(4) == 0) {
                fields.add(new Conditions.Field(name, Seeded.oneOf(random, VALUES)));
            }
        }
        return fields;
    }

    static Facts facts(Random random) {
        Map<String, String> headers = new HashMap<>();
        StringJoiner query = new StringJoiner("&");
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                headers.put(name, segment(random));
            }
            if (random.nextInt(3) > 0) {
                query.add(name + "=" + segment(random));
            }
        }
        return new Facts(headers, random.nextInt(5) == 0 ? null : query.toString());
    }

    private static RouteTable.Entry<Integer> entry(
            int number, PathMatch path, Set<String> methods, Conditions conditions) {
        return new RouteTable.Entry<>("r" + number, new RouteMatch(path, methods, conditions), number);
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

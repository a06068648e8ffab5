package dev.clew.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The precedence of {@link RouteTable} in its simplest form: filter all routes, sort, take the first. */
final class ReferenceMatcher {

    private record Candidate(String rank, int methodRank, int headers, int query, int number) {}

    private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::rank)
            .thenComparing(Candidate::methodRank)
            .thenComparing(Comparator.comparing(Candidate::headers).reversed())
            .thenComparing(Comparator.comparing(Candidate::query).reversed())
            .thenComparing(Candidate::number);

    private ReferenceMatcher() {}

    static Match<Integer> match(
            List<RouteTable.Entry<Integer>> routes, String method, String path, RequestFacts request) {
        List<Candidate> patterns = new ArrayList<>();
        List<Candidate> expressions = new ArrayList<>();
        Set<String> allow = new TreeSet<>();
        for (RouteTable.Entry<Integer> route : routes) {
            RouteMatch match = route.match();
            boolean pattern = match.path() instanceof PathPattern;
            String template = match.path().template();
            if (!(pattern ? regex(template) : Pattern.compile(template))
                            .matcher(path)
                            .matches()
                    || !match.conditions().hold(request)) {
                continue;
            }
            allow.addAll(match.methods());
            if (match.methods().contains("GET")) {
                allow.add("HEAD");
            }
            int methodRank = methodRank(match.methods(), method);
            if (methodRank >= 0) {
                (pattern ? patterns : expressions)
                        .add(new Candidate(
                                pattern ? rank(template) : "",
                                methodRank,
                                match.conditions().headers().size(),
                                match.conditions().query().size(),
                                route.target()));
            }
        }
        patterns.sort(ORDER);
        expressions.sort(ORDER);
        boolean exact = !patterns.isEmpty() && !patterns.get(0).rank().endsWith("c");
        List<Candidate> best = exact || expressions.isEmpty() ? patterns : expressions;
        if (!best.isEmpty()) {
            return new Match.Found<>(best.get(0).number());
        }
        return allow.isEmpty() ? new Match.NotFound<>() : new Match.MethodNotAllowed<>(String.join(", ", allow));
    }

    private static int methodRank(Set<String> methods, String method) {
        if (methods.contains(method)) {
            return 0;
        }
        if (method.equals("HEAD") && methods.contains("GET")) {
            return 1;
        }
        return methods.isEmpty() ? 2 : -1;
    }

    private static Pattern regex(String template) {
        return Pattern.compile(template.replace("/**", "(/.*)?").replaceAll("\\{[^}]*}", "[^/]+"));
    }

    /**
     * Returns a letter for each segment, better ones earlier in the alphabet; an ended pattern sorts before one that
     * continues.
     */
    private static String rank(String template) {
        StringBuilder rank = new StringBuilder();
        for (String segment : template.substring(1).split("/", -1)) {
            rank.append(segment.equals("**") ? 'c' : segment.startsWith("{") ? 'b' : 'a');
        }
        return rank.toString();
    }
}

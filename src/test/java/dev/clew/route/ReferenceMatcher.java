package dev.clew.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The precedence of {@link RouteTable} put down as plainly as possible: filter all routes, sort, take the first. */
final class ReferenceMatcher {

    private record Candidate(String rank, int methodRank, int number) {}

    private ReferenceMatcher() {}

    static Match<Integer> match(List<RouteTable.Entry<Integer>> routes, String method, String path) {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> allow = new TreeSet<>();
        boolean pathMatches = false;
        for (RouteTable.Entry<Integer> route : routes) {
            if (!regex(route.path().template()).matcher(path).matches()) {
                continue;
            }
            pathMatches = true;
            allow.addAll(route.methods());
            if (route.methods().contains("GET")) {
                allow.add("HEAD");
            }
            int methodRank = methodRank(route.methods(), method);
            if (methodRank >= 0) {
                candidates.add(new Candidate(rank(route.path().template()), methodRank, route.target()));
            }
        }
        if (!candidates.isEmpty()) {
            candidates.sort(Comparator.comparing(Candidate::rank)
                    .thenComparing(Candidate::methodRank)
                    .thenComparing(Candidate::number));
            return new Match.Found<>(candidates.get(0).number());
        }
        return pathMatches ? new Match.MethodNotAllowed<>(String.join(", ", allow)) : new Match.NotFound<>();
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

    /** A letter per segment, the better the earlier in the alphabet; an ended pattern sorts before one that goes on. */
    private static String rank(String template) {
        StringBuilder rank = new StringBuilder();
        for (String segment : template.substring(1).split("/", -1)) {
            rank.append(segment.equals("**") ? 'c' : segment.startsWith("{") ? 'b' : 'a');
        }
        return rank.toString();
    }
}

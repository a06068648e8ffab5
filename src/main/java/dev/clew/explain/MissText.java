package dev.clew.explain;

import dev.clew.journal.MaskedPath;
import dev.clew.route.Miss;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Words for the conditions that a request does not meet; segments of its path are masked. */
final class MissText {

    /** The number of conditions named. */
    private static final int MOST = 4;

    private MissText() {}

    static String of(List<Miss> misses) {
        List<String> texts = new ArrayList<>();
        for (Miss miss : misses.subList(0, Math.min(MOST, misses.size()))) {
            texts.add(of(miss));
        }
        if (misses.size() > MOST) {
            texts.add((misses.size() - MOST) + " more");
        }
        return String.join("; ", texts);
    }

    private static String of(Miss miss) {
        if (miss instanceof Miss.Segment segment) {
            return of(segment);
        }
        if (miss instanceof Miss.Method method) {
            return "method (expected: " + String.join(", ", new TreeSet<>(method.served())) + ")";
        }
        if (miss instanceof Miss.Header header) {
            return "header " + header.name() + (header.sent() ? " has another value" : " is missing");
        }
        if (miss instanceof Miss.Query query) {
            return "query parameter " + query.name() + (query.sent() ? " has another value" : " is missing");
        }
        return "the path does not match the regular expression";
    }

    private static String of(Miss.Segment segment) {
        String place = "path segment " + segment.number();
        String expected = segment.expected();
        String found = segment.found();
        if (found == null) {
            return expected == null || expected.isEmpty()
                    ? "the slash at the end of the path is missing"
                    : place + " is missing (expected: " + expected + ")";
        }
        if (found.isEmpty()) {
            return expected == null
                    ? "the path has a slash at its end (expected: none)"
                    : place + " is empty (expected: " + expected + ")";
        }
        return place + " is " + MaskedPath.of(found) + " (expected: "
                + (expected == null ? "the end of the path" : expected.isEmpty() ? "a slash at the end" : expected)
                + ")";
    }
}

package dev.clew.config.yaml;

import java.util.Collection;
import java.util.stream.Collectors;

/** Suggests the name that a misspelt one was probably meant to be. */
public final class NearestName {

    private NearestName() {}

    /** Returns {@code did you mean "routes"?} or, without a similar name, {@code expected: one of …}. */
    public static String hint(String written, Collection<String> valid) {
        String nearest = "";
        // A name that shares less than half its letters is no useful hint.
        int best = Math.max(2, written.length() / 2) + 1;
        for (String name : valid) {
            if (Math.abs(name.length() - written.length()) < best) {
                int distance = distance(written, name);
                if (distance < best) {
                    best = distance;
                    nearest = name;
                }
            }
        }
        return nearest.isEmpty()
                ? "expected: one of " + valid.stream().sorted().collect(Collectors.joining(", "))
                : "did you mean \"" + nearest + "\"?";
    }

    /** Returns the Levenshtein distance: the minimum number of letters inserted, removed or replaced. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}

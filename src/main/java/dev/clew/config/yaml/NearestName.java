package dev.clew.config.yaml;

import dev.clew.grammar.EditDistance;
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
                int distance = EditDistance.between(written, name);
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
}

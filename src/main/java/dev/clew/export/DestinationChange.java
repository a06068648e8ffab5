package dev.clew.export;

import dev.clew.export.settings.DestinationReading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step from the destinations there are to those there should be. */
sealed interface DestinationChange {

    /** A destination begins. */
    record Add(DestinationReading reading) implements DestinationChange {}

    /** A destination goes on with other settings. */
    record Replace(DestinationReading reading) implements DestinationChange {}

    /** A destination ends. */
    record Remove(String name) implements DestinationChange {}

    /**
     * What has to be done. Destinations whose settings are equal stay as they are, and so do those whose settings were
     * good and are no longer: what was mistyped must not take a backend away.
     *
     * @param now the destinations there are, by name
     * @param wanted the destinations there should be, each name once
     */
    static List<DestinationChange> plan(Map<String, DestinationReading> now, List<DestinationReading> wanted) {
        List<DestinationChange> changes = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>(now.keySet());
        for (DestinationReading next : wanted) {
            gone.remove(next.name());
            @Nullable DestinationReading before = now.get(next.name());
            if (before == null) {
                changes.add(new Add(next));
            } else if (!before.settings().equals(next.settings()) && !keepsFormer(before, next)) {
                changes.add(new Replace(next));
            }
        }
        gone.forEach(name -> changes.add(new Remove(name)));
        return changes;
    }

    /** Whether a destination that was good, if there was one, runs on as it is because what is wanted now is not. */
    static boolean keepsFormer(@Nullable DestinationReading before, DestinationReading next) {
        return before != null && before.isGood() && !next.isGood();
    }
}

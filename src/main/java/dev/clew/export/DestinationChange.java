package dev.clew.export;

import dev.clew.export.settings.DestinationReading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step from the current destinations to the configured ones. */
sealed interface DestinationChange {

    /** A new destination. */
    record Add(DestinationReading reading) implements DestinationChange {}

    /** A destination with new settings. */
    record Replace(DestinationReading reading) implements DestinationChange {}

    /** A removed destination. */
    record Remove(String name) implements DestinationChange {}

    /**
     * Returns the steps from the current destinations to the configured ones. A destination with equal settings is left
     * alone, and so is a valid one whose new settings are invalid: a typing error must not disconnect a backend.
     *
     * @param now the current destinations, by name
     * @param wanted the configured destinations, each name once
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

    /** Returns true if a valid destination keeps its settings because the new ones are invalid. */
    static boolean keepsFormer(@Nullable DestinationReading before, DestinationReading next) {
        return before != null && before.isGood() && !next.isGood();
    }
}

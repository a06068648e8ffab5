package dev.clew.export.settings;

import java.util.List;

/**
 * What was read of one destination.
 *
 * @param settings with every setting that could not be used as if it were not there
 * @param problems those settings
 */
public record DestinationReading(DestinationSettings settings, List<SettingProblem> problems) {

    public DestinationReading {
        problems = List.copyOf(problems);
    }

    /** Whose they are. */
    public String name() {
        return settings.name();
    }

    /** Whether nothing is wrong with them. */
    public boolean isGood() {
        return problems.isEmpty();
    }
}

package dev.clew.export;

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

    String name() {
        return settings.name();
    }

    boolean isGood() {
        return problems.isEmpty();
    }
}

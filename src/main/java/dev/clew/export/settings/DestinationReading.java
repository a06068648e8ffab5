package dev.clew.export.settings;

import java.util.List;

/**
 * The settings of one destination, as read.
 *
 * @param settings the settings, with unusable ones as unset
 * @param problems the unusable settings
 */
public record DestinationReading(DestinationSettings settings, List<SettingProblem> problems) {

    public DestinationReading {
        problems = List.copyOf(problems);
    }

    /** Returns the name of the destination. */
    public String name() {
        return settings.name();
    }

    /** Returns true if there are no problems. */
    public boolean isGood() {
        return problems.isEmpty();
    }
}

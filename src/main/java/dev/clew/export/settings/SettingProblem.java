package dev.clew.export.settings;

/**
 * A telemetry setting that cannot be used and therefore counts as unset.
 *
 * @param name the setting's name, for example {@code OTEL_BSP_SCHEDULE_DELAY}
 * @param message what is wrong and what would be right; never the value where that may be a secret
 */
public record SettingProblem(String name, String message) {

    @Override
    public String toString() {
        return name + ": " + message;
    }
}

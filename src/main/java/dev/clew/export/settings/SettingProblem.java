package dev.clew.export.settings;

/**
 * A telemetry setting that cannot be used.
 *
 * @param name the setting's name, for example {@code OTEL_BSP_SCHEDULE_DELAY}
 * @param fault what is wrong and what would be right; never the value where that may be a secret
 * @param instead what holds in its place; empty when the fault says it
 */
public record SettingProblem(String name, String fault, String instead) {

    /** A fault that says by itself what holds. */
    public SettingProblem(String name, String fault) {
        this(name, fault, "");
    }

    /** The same with something else in its place. */
    SettingProblem instead(String other) {
        return new SettingProblem(name, fault, other);
    }

    /** What is wrong and what holds. */
    public String message() {
        return instead.isEmpty() ? fault : fault + "; " + instead;
    }

    @Override
    public String toString() {
        return name + ": " + message();
    }
}

package dev.clew.export.settings;

/**
 * A telemetry setting that cannot be used.
 *
 * @param name the setting's name, for example {@code OTEL_BSP_SCHEDULE_DELAY}
 * @param fault the fault and the expected value; never the value if that may be a secret
 * @param instead the value used instead; empty if the fault names it
 */
public record SettingProblem(String name, String fault, String instead) {

    /** Creates a problem whose fault names the value used instead. */
    public SettingProblem(String name, String fault) {
        this(name, fault, "");
    }

    /** Returns this problem with another value used instead. */
    SettingProblem instead(String other) {
        return new SettingProblem(name, fault, other);
    }

    /** Returns the fault and the value used instead. */
    public String message() {
        return instead.isEmpty() ? fault : fault + "; " + instead;
    }

    @Override
    public String toString() {
        return name + ": " + message();
    }
}

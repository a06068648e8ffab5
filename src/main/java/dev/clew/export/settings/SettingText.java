package dev.clew.export.settings;

/**
 * One setting as somebody wrote it.
 *
 * @param name how messages name it: a variable, or file, line and key
 * @param value what was written; never shown when {@code secret}
 * @param secret whether the value came from where secrets come from, such as {@code ${ENV}} in a file
 */
public record SettingText(String name, String value, boolean secret) {

    /** Shows no value. */
    @Override
    public String toString() {
        return name;
    }
}

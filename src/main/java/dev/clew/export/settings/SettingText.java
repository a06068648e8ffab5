package dev.clew.export.settings;

/**
 * The text of one setting.
 *
 * @param name the name in messages: a variable, or file, line and key
 * @param value the text; never shown if {@code secret}
 * @param secret whether the value may be a secret, such as {@code ${ENV}} in a file
 */
public record SettingText(String name, String value, boolean secret) {

    /** Omits the value. */
    @Override
    public String toString() {
        return name;
    }
}

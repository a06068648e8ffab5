package dev.clew.tenant;

/**
 * One thing wrong with one configuration file, told so that its author can mend it without reading code.
 *
 * @param file the file as the operator knows it, such as {@code tenants/acme.yaml}
 * @param line counted from 1; 0 when the problem has no line (a missing field, an unreadable file)
 * @param key the path of the setting, such as {@code routes[0].upstream}; empty when the whole file is meant
 * @param message what is wrong and what was expected; never a value that came from the environment or a secret
 * @param tolerated whether the file is used all the same, without this setting
 */
public record Problem(String file, int line, String key, String message, boolean tolerated) {

    /** A problem that makes the file unusable. */
    public Problem(String file, int line, String key, String message) {
        this(file, line, key, message, false);
    }

    public Problem {
        if (line < 0) {
            throw new IllegalArgumentException("line: " + line + " (expected: 0 or more)");
        }
    }

    /** {@code file:line: key}, leaving out what is not known. */
    public String place() {
        return file + (line == 0 ? "" : ":" + line) + (key.isEmpty() ? "" : ": " + key);
    }

    /** {@code file:line: key: message}, leaving out what is not known. */
    @Override
    public String toString() {
        return place() + ": " + message;
    }
}

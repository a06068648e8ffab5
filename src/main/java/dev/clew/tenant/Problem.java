package dev.clew.tenant;

/**
 * A problem in a configuration file, described so that the file's author can fix it without reading code.
 *
 * @param file the file's name as the operator knows it, such as {@code tenants/acme.yaml}
 * @param line counted from 1; 0 if the problem has no line (a missing field, an unreadable file)
 * @param column counted from 1; 0 if it is not known
 * @param key the path of the setting, such as {@code routes[0].upstream}; empty for the whole file
 * @param message the fault and the expected value; never a value from the environment or a secret
 * @param publicMessage the same without names of other tenants and their destinations, for those who see some tenants
 * @param excerpt the line, without what may be a credential; empty if there is none
 * @param tolerated whether the file is used nevertheless, without this setting
 */
public record Problem(
        String file,
        int line,
        int column,
        String key,
        String message,
        String publicMessage,
        String excerpt,
        boolean tolerated) {

    /** Creates a problem that makes the file unusable. */
    public Problem(String file, int line, String key, String message) {
        this(file, line, key, message, false);
    }

    /** Creates a problem without a column and an excerpt. */
    public Problem(String file, int line, String key, String message, boolean tolerated) {
        this(file, line, 0, key, message, message, "", tolerated);
    }

    /** Returns the problem with another message for those who see some tenants only. */
    public Problem withPublicMessage(String other) {
        return new Problem(file, line, column, key, message, other, excerpt, tolerated);
    }

    public Problem {
        if (line < 0) {
            throw new IllegalArgumentException("line: " + line + " (expected: 0 or more)");
        }
    }

    /** Returns {@code file:line: key}, without the unknown parts; with the column where there is no key. */
    public String place() {
        String where = file + (line == 0 ? "" : ":" + line);
        return key.isEmpty() ? where + (column == 0 ? "" : ":" + column) : where + ": " + key;
    }

    /**
     * Returns {@code file:line: key: message}, without the unknown parts; where there is no key, with the excerpt, as
     * the message then names a place only.
     */
    @Override
    public String toString() {
        return place() + ": " + message + (key.isEmpty() && !excerpt.isEmpty() ? ": " + excerpt.strip() : "");
    }
}

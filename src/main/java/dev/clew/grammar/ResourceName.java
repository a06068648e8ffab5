package dev.clew.grammar;

/** The grammar of route and upstream names, which become metric tags and span attributes. */
public final class ResourceName {

    public static final String EXPECTED = "1 to 63 letters, digits, '-', '_' and '.'";

    private static final int MAX_LENGTH = 63;

    private ResourceName() {}

    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException as {@code what: … (expected: …)}
     */
    public static void check(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(what + ": " + name + " (expected: " + EXPECTED + ")");
        }
    }
}

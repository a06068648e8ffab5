package dev.clew.grammar;

import org.jspecify.annotations.Nullable;

/** A parser of the {@code Cookie} field (RFC 6265 section 4.2.1). */
public final class Cookies {

    private Cookies() {}

    /**
     * Returns the value of the first cookie with this name; null when there is none.
     *
     * @param field the value of one line, or of several joined by commas, which cookies do not contain
     */
    public static @Nullable String find(String name, @Nullable String field) {
        int start = 0;
        while (field != null && start < field.length()) {
            int end = start;
            while (end < field.length() && field.charAt(end) != ';' && field.charAt(end) != ',') {
                end++;
            }
            while (start < end && field.charAt(start) == ' ') {
                start++;
            }
            int value = start + name.length();
            if (value < end && field.startsWith(name, start) && field.charAt(value) == '=') {
                return field.substring(value + 1, end);
            }
            start = end + 1;
        }
        return null;
    }
}

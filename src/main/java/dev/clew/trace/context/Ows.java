package dev.clew.trace.context;

/** Optional white space: spaces and tabs around a value, which are not part of it (RFC 9110, section 5.6.3). */
final class Ows {
    private Ows() {}

    /** Returns the first position from {@code from} that is not white space; {@code to} if there is none. */
    static int skip(String text, int from, int to) {
        int i = from;
        while (i < to && is(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /**
     * Returns the end of the text before trailing white space that ends at {@code to}; {@code from} if all is white
     * space.
     */
    static int trim(String text, int from, int to) {
        int i = to;
        while (i > from && is(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** Returns the text without surrounding white space; the same object if there is none, which is the usual case. */
    static String stripped(String text) {
        int start = skip(text, 0, text.length());
        return text.substring(start, trim(text, start, text.length()));
    }

    private static boolean is(char c) {
        return c == ' ' || c == '\t';
    }
}

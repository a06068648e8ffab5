package dev.clew.trace.context;

/** Optional white space: spaces and tabs around a value, which do not belong to it (RFC 9110, section 5.6.3). */
final class Ows {
    private Ows() {}

    /** The first position from {@code from} that is not white space; {@code to} when all is. */
    static int skip(String text, int from, int to) {
        int i = from;
        while (i < to && is(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The end of what stands before the white space that ends at {@code to}; {@code from} when all is white space. */
    static int trim(String text, int from, int to) {
        int i = to;
        while (i > from && is(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** The text without the white space around it; the same object when there is none, as nearly always. */
    static String stripped(String text) {
        int start = skip(text, 0, text.length());
        return text.substring(start, trim(text, start, text.length()));
    }

    private static boolean is(char c) {
        return c == ' ' || c == '\t';
    }
}

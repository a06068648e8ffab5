package dev.clew.grammar;

/** A token: the names of header fields, and of what stands in many of them (RFC 9110, section 5.6.2). */
public final class HttpToken {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HttpToken() {}

    /** Whether the text is a token: at least one character, and none but those a token has. */
    public static boolean is(String text) {
        return is(text, 0, text.length());
    }

    /** Whether a token stands between two positions. */
    public static boolean is(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return from < to;
    }
}

package dev.clew.grammar;

/** The grammar of tokens: field names, and parts of many field values (RFC 9110 section 5.6.2). */
public final class HttpToken {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HttpToken() {}

    /** Returns whether the text is a token, of at least one character. */
    public static boolean is(String text) {
        return is(text, 0, text.length());
    }

    /** Returns whether the range is a token. */
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

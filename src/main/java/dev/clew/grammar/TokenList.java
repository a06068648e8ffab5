package dev.clew.grammar;

/** A list of tokens, as in {@code Connection} (RFC 9110 sections 5.6.1 and 7.6.1). */
public final class TokenList {

    private TokenList() {}

    /** Returns whether the list contains this token, ignoring case and whitespace around members. */
    public static boolean contains(CharSequence list, String token) {
        int start = 0;
        for (int i = 0; i <= list.length(); i++) {
            if (i == list.length() || list.charAt(i) == ',') {
                if (isMember(list, start, i, token)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isMember(CharSequence list, int from, int to, String token) {
        int start = from;
        int end = to;
        while (start < end && isBlank(list.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(list.charAt(end - 1))) {
            end--;
        }
        if (end - start != token.length()) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (lower(list.charAt(start + i)) != lower(token.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}

package dev.clew.route;

/** Classes of ASCII characters in a request path (RFC 3986 §3.3 {@code pchar}, §2.2, §2.3). */
final class PathCharacters {

    private static final byte FORBIDDEN = 0;
    private static final byte PLAIN = 1;
    private static final byte ENCODED = 2;

    private static final String UNRESERVED_MARKS = "-._~";

    /** {@code sub-delims}, ":" and "@", except ";", which begins a path parameter. */
    private static final String RESERVED_BUT_PLAIN = "!$&'()*+,=:@";

    /** No {@code pchar}, but sent by clients that follow the WHATWG URL standard or none. */
    private static final String TO_ENCODE = "\"<>[]^`{|}";

    private static final byte[] KIND = kinds();

    private PathCharacters() {}

    /** Returns whether the character may appear in a segment and represents only itself. */
    static boolean isPlain(int c) {
        return c < KIND.length && KIND[c] == PLAIN;
    }

    /** Returns whether the character is outside the grammar and forwarded percent-encoded. */
    static boolean isToEncode(int c) {
        return c < KIND.length && KIND[c] == ENCODED;
    }

    /** Returns whether the character is equivalent to its percent-escape (RFC 3986 §2.3). */
    static boolean isUnreserved(int c) {
        return isPlain(c) && RESERVED_BUT_PLAIN.indexOf(c) < 0;
    }

    /**
     * Returns whether even the encoded character is rejected: servers decode it before they split or interpret the
     * path.
     */
    static boolean isForbiddenEvenEncoded(int c) {
        return c == '/' || c == '\\' || c < 0x20 || c == 0x7F;
    }

    /**
     * Returns whether two octets begin an overlong UTF-8 sequence (RFC 3629 section 3), which lenient decoders accept:
     * {@code %C0%AF} for a slash.
     *
     * @param lead -1 for none
     */
    static boolean isOverlong(int lead, int next) {
        return next >= 0x80
                && switch (lead) {
                    case 0xC0, 0xC1 -> next < 0xC0;
                    case 0xE0 -> next < 0xA0;
                    case 0xF0 -> next < 0x90;
                    default -> false;
                };
    }

    /** Returns the value of the two hexadecimal digits at {@code at}, or -1. */
    static int hexPair(CharSequence text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        int high = hexDigit(text.charAt(at));
        int low = hexDigit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    static void appendEscape(StringBuilder out, int octet) {
        out.append('%').append("0123456789ABCDEF".charAt(octet >> 4)).append("0123456789ABCDEF".charAt(octet & 0xF));
    }

    // Character.digit also accepts full-width and other Unicode digits.
    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 0x80 ? lower - 'a' + 10 : -1;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (int c = 0; c < kinds.length; c++) {
            boolean letterOrDigit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (letterOrDigit || UNRESERVED_MARKS.indexOf(c) >= 0 || RESERVED_BUT_PLAIN.indexOf(c) >= 0) {
                kinds[c] = PLAIN;
            } else if (TO_ENCODE.indexOf(c) >= 0) {
                kinds[c] = ENCODED;
            } else {
                kinds[c] = FORBIDDEN;
            }
        }
        return kinds;
    }
}

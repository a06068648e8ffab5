package dev.clew.route;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A parser of query strings as servers read them: {@code application/x-www-form-urlencoded} of the WHATWG URL standard.
 * Names and values are compared decoded: {@code ?%6Cang=de} equals {@code ?lang=de}.
 */
final class QueryParameters {

    private QueryParameters() {}

    /**
     * Returns the decoded value of the first parameter with this name; null when there is none, empty when it has no
     * "=".
     */
    static @Nullable String first(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        int start = 0;
        int equals = query.indexOf('=');
        while (start <= query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            // Not for each parameter, or a query of "&" only would be scanned once for each of them.
            if (equals >= 0 && equals < start) {
                equals = query.indexOf('=', start);
            }
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (start < end && isNamed(query, start, nameEnd, name)) {
                return decode(query, Math.min(nameEnd + 1, end), end);
            }
            start = end + 1;
        }
        return null;
    }

    private static boolean isNamed(String query, int start, int end, String name) {
        return isEncoded(query, start, end)
                ? decodeOctets(query, start, end).equals(name)
                : end - start == name.length() && query.startsWith(name, start);
    }

    private static String decode(String query, int start, int end) {
        return isEncoded(query, start, end) ? decodeOctets(query, start, end) : query.substring(start, end);
    }

    private static boolean isEncoded(String query, int start, int end) {
        for (int i = start; i < end; i++) {
            if (query.charAt(i) == '%' || query.charAt(i) == '+') {
                return true;
            }
        }
        return false;
    }

    /** Decodes escapes. A malformed one stands for itself; invalid UTF-8 becomes U+FFFD. */
    private static String decodeOctets(String query, int start, int end) {
        byte[] octets = new byte[end - start];
        int length = 0;
        int i = start;
        while (i < end) {
            char c = query.charAt(i);
            int octet = c == '%' && i + 2 < end ? PathCharacters.hexPair(query, i + 1) : -1;
            octets[length++] = (byte) (octet >= 0 ? octet : c == '+' ? ' ' : c);
            i += octet >= 0 ? 3 : 1;
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}

package dev.clew.action;

/**
 * A pattern of origins: a single one, or with {@code *.} all below a domain. Compared as text, since browsers serialise
 * an origin in one way (WHATWG HTML, "serialization of an origin": lower case, no default port).
 *
 * @param start scheme of a wildcard pattern, or the whole of a single origin
 * @param end empty for a single origin; else a dot and the domain, with an optional port
 */
public record OriginPattern(String start, String end) {

    private static final String WILDCARD = "*.";

    /**
     * Parses a pattern.
     *
     * @param text {@code https://app.example.com}, {@code http://localhost:3000} or {@code https://*.example.com}
     * @throws IllegalArgumentException as {@code origin: (expected: …)}
     */
    public static OriginPattern parse(String text) {
        int scheme = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : 0;
        boolean wildcard = text.startsWith(WILDCARD, scheme);
        int host = wildcard ? scheme + WILDCARD.length() : scheme;
        int colon = text.indexOf(':', host);
        int hostEnd = colon < 0 ? text.length() : colon;
        boolean valid = scheme > 0 && hostEnd > host && isName(text, host, hostEnd) && isPort(text, hostEnd, scheme);
        if (!valid) {
            throw new IllegalArgumentException("origin: (expected: an origin such as https://app.example.com or"
                    + " https://*.example.com, in lower case and without its scheme's own port)");
        }
        return wildcard
                ? new OriginPattern(text.substring(0, scheme), text.substring(host - 1))
                : new OriginPattern(text, "");
    }

    boolean matches(String origin) {
        if (end.isEmpty()) {
            return origin.equals(start);
        }
        int inside = origin.length() - end.length();
        return inside > start.length()
                && origin.startsWith(start)
                && origin.endsWith(end)
                && isName(origin, start.length(), inside);
    }

    private static boolean isName(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean labelCharacter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            boolean separator = c == '.' && i > start && i < end - 1 && text.charAt(i - 1) != '.';
            if (!labelCharacter && !separator) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text, int colon, int scheme) {
        if (colon == text.length()) {
            return true;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        String port = text.substring(colon + 1);
        return !port.isEmpty()
                && port.length() <= 5
                && port.charAt(0) != '0'
                && !port.equals(scheme == 8 ? "443" : "80");
    }
}

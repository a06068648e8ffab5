package dev.clew.route;

import org.jspecify.annotations.Nullable;

/**
 * A parsed request target (RFC 9112 section 3.2).
 *
 * @param authority of an absolute-form target, which overrides {@code Host} (section 3.2.2); null otherwise
 * @param path as received; never empty
 * @param query as received, without "?"; null when there is none
 */
public record RequestTarget(@Nullable String authority, String path, @Nullable String query) {

    /**
     * Parses the origin form and the absolute form. The asterisk and authority forms address no resource behind a
     * gateway.
     *
     * @return null for other forms, and for characters that a target may not contain (RFC 3986 section 2)
     */
    public static @Nullable RequestTarget parse(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return null;
            }
        }
        if (target.startsWith("/")) {
            return of(null, target, 0);
        }
        int scheme = target.indexOf("://");
        if (scheme < 0 || !isHttp(target, scheme)) {
            return null;
        }
        int authority = scheme + 3;
        int path = endOfAuthority(target, authority);
        return path == authority ? null : of(target.substring(authority, path), target, path);
    }

    private static boolean isHttp(String target, int length) {
        return (length == 4 || length == 5) && target.regionMatches(true, 0, "https", 0, length);
    }

    private static int endOfAuthority(String target, int start) {
        for (int i = start; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return target.length();
    }

    private static RequestTarget of(@Nullable String authority, String target, int from) {
        int question = target.indexOf('?', from);
        String path = question < 0 ? target.substring(from) : target.substring(from, question);
        String query = question < 0 ? null : target.substring(question + 1);
        return new RequestTarget(authority, path.isEmpty() ? "/" : path, query);
    }
}

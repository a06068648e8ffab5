package dev.clew.route;

/**
 * The path of a request in its one normal form, so that what is matched is what the upstream gets.
 *
 * <p>The gateway normalises once, matches the result and forwards the result. The query is not part of it. The rules,
 * in the order in which they apply:
 *
 * <ol>
 *   <li><b>Refused</b> (the request is answered 400): a path that does not start with "/"; a malformed percent-escape;
 *       a backslash, a slash or a control character in its encoded form; overlong UTF-8, in which any of them can hide; a
 *       raw backslash, control character, space, "#", "?" or non-ASCII character. Servers disagree on these, and a disagreement is a way round a route.
 *   <li>Percent-escapes of unreserved characters are decoded, the other escapes get upper-case digits (RFC 3986
 *       §6.2.2.1 and §6.2.2.2). Printable characters outside the grammar ({@code " < > [ ] ^ ` { | }}) are escaped, so
 *       the forwarded path always conforms to RFC 3986 §3.3.
 *   <li>Repeated slashes become one.
 *   <li>Dot segments are removed (RFC 3986 §5.2.4), their encoded forms included. Refused: one that climbs above the
 *       root (§5.2.4 would drop it silently), and one that carries path parameters ({@code /..;x}), which some servers
 *       resolve and some do not.
 *   <li>A trailing slash is significant and stays.
 * </ol>
 *
 * <p>Path parameters ({@code ;…}, RFC 3986 §3.3) are forwarded as received and ignored in matching: {@code /admin;x} is
 * matched as {@code /admin}. So is {@code /admin%3Bx}, which to a server that decodes first is the same. A segment of nothing but parameters is allowed only at the end: elsewhere ({@code /;x/a})
 * it is refused, because a server that drops the parameters sees an empty segment and may drop that too.
 *
 * <p>Escapes of reserved characters stay as they are in the forwarded form (RFC 3986 §2.2) and are decoded for
 * matching, so that {@code /%40admin} can not slip past a route for {@code /@admin}.
 * {@code %25} is never decoded: who decodes twice finds in the upstream's path what nobody matched.
 *
 * @param raw the normalised path as it is forwarded
 * @param matched {@code raw} without path parameters and without escapes of reserved characters, segment by segment;
 *     the same object as {@code raw} where there are none
 */
public record RequestPath(String raw, String matched) {

    /** Only {@link #parse} makes paths that keep the promises above; this refuses what could not be one. */
    public RequestPath {
        if (!raw.startsWith("/") || !matched.startsWith("/")) {
            throw new IllegalArgumentException("path: \"" + raw + "\" (expected: \"/\" at its start)");
        }
    }

    /** A normalised path, or why there is none. */
    public sealed interface Parsed {

        record Ok(RequestPath path) implements Parsed {}

        /**
         * A path that the request is to be refused for.
         *
         * @param reason for the log; a constant, never a part of the request
         */
        record Rejected(String reason) implements Parsed {}
    }

    /**
     * Normalises a request's path.
     *
     * @param rawPath the request target's path as received, without "?" and query; any string
     */
    public static Parsed parse(String rawPath) {
        if (isNormal(rawPath)) {
            return new Parsed.Ok(new RequestPath(rawPath, rawPath));
        }
        return new PathNormalizer(rawPath).normalise();
    }

    /** One scan over a plain path; false sends it the long way, also where nothing would change ({@code /.well-known}). */
    private static boolean isNormal(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        char previous = '/';
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if ((previous == '/' && (c == '/' || c == '.')) || (c != '/' && !PathCharacters.isPlain(c))) {
                return false;
            }
            previous = c;
        }
        return true;
    }
}

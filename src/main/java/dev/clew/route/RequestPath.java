package dev.clew.route;

/**
 * The path of a request in its one normal form, so that the upstream receives the path that was matched.
 *
 * <p>The gateway normalises once, then matches and forwards the result. The query is not part of it. The rules, in the
 * order in which they apply:
 *
 * <ol>
 *   <li><b>Rejected</b> (with 400): a path that does not start with "/"; a malformed percent-escape; an encoded
 *       backslash, slash or control character; overlong UTF-8, which can hide any of them; a raw backslash, control
 *       character, space, "#", "?" or non-ASCII character. Servers disagree on these, and a disagreement could bypass a
 *       route.
 *   <li>Percent-escapes of unreserved characters are decoded; the other escapes get upper-case digits (RFC 3986
 *       §6.2.2.1 and §6.2.2.2). Printable characters outside the grammar ({@code " < > [ ] ^ ` { | }}) are escaped, so
 *       that the forwarded path always conforms to RFC 3986 §3.3.
 *   <li>Repeated slashes become one.
 *   <li>Dot segments are removed (RFC 3986 §5.2.4), including their encoded forms. Rejected: one that climbs above the
 *       root (§5.2.4 would drop it silently), and one with path parameters ({@code /..;x}), which some servers resolve
 *       and some do not.
 *   <li>A trailing slash is significant and stays.
 * </ol>
 *
 * <p>Path parameters ({@code ;…}, RFC 3986 §3.3) are forwarded as received and ignored in matching: {@code /admin;x} is
 * matched as {@code /admin}, and so is {@code /admin%3Bx}, which is equivalent for a server that decodes first. A
 * segment that consists of parameters only is allowed at the end; elsewhere ({@code /;x/a}) it is rejected, because a
 * server that drops the parameters sees an empty segment and may drop that too.
 *
 * <p>Escapes of reserved characters stay in the forwarded form (RFC 3986 §2.2) and are decoded for matching, so that
 * {@code /%40admin} cannot bypass a route for {@code /@admin}. {@code %25} is never decoded: an upstream that decodes
 * twice would see a path that was not matched.
 *
 * @param raw the normalised path for the upstream
 * @param matched {@code raw} without path parameters and without escapes of reserved characters, segment by segment;
 *     the same object as {@code raw} if there are none
 */
public record RequestPath(String raw, String matched) {

    /** Rejects paths that are certainly not normalised; only {@link #parse} guarantees the rules above. */
    public RequestPath {
        if (!raw.startsWith("/") || !matched.startsWith("/")) {
            throw new IllegalArgumentException("path: \"" + raw + "\" (expected: \"/\" at its start)");
        }
    }

    /** The result of parsing: a normalised path, or a rejection. */
    public sealed interface Parsed {

        record Ok(RequestPath path) implements Parsed {}

        /**
         * A path whose request is rejected.
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

    /**
     * Returns whether a single scan proves the path normal; false negatives ({@code /.well-known}) take the slow path.
     */
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

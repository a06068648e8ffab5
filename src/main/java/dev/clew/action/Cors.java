package dev.clew.action;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may read a route's answers: the CORS protocol of the Fetch standard. It protects users
 * of browsers; it is no access control, and a request that is granted nothing is served all the same.
 */
public final class Cors {

    /** Any origin, header field or exposed field; not together with credentials. */
    public static final String ANY = "*";

    private static final String ALLOW_ORIGIN = "access-control-allow-origin";
    private static final Map<String, String> VARY = Map.of("vary", "Origin");

    private final boolean anyOrigin;
    private final List<OriginPattern> origins;
    /** With every grant, the origin aside. */
    private final Map<String, String> always;

    private final Map<String, String> preflight;
    private final Map<String, String> anybody;

    /** Who may ask: {@code origins}, or anybody. */
    public record Allowed(boolean anyOrigin, List<OriginPattern> origins, boolean credentials) {

        public Allowed {
            origins = List.copyOf(origins);
            if (anyOrigin && credentials) {
                throw new IllegalArgumentException("origins: * (expected: named origins with credentials)");
            }
        }
    }

    /**
     * Prepares the answers.
     *
     * @param methods that a page may use
     * @param headers that a page may send beside the safelisted ones
     * @param exposed that a page may read beside the safelisted ones
     * @param maxAge how long a browser may remember; zero leaves it to the browser
     * @throws IllegalArgumentException when {@value #ANY} stands beside credentials, where browsers take it literally
     */
    public Cors(Allowed allowed, List<String> methods, List<String> headers, List<String> exposed, Duration maxAge) {
        if (allowed.credentials() && (headers.contains(ANY) || exposed.contains(ANY))) {
            throw new IllegalArgumentException("headers: * (expected: named fields with credentials)");
        }
        this.anyOrigin = allowed.anyOrigin();
        this.origins = allowed.origins();
        Map<String, String> grants = new HashMap<>();
        if (allowed.credentials()) {
            grants.put("access-control-allow-credentials", "true");
        }
        Map<String, String> asked = new HashMap<>(grants);
        asked.put("access-control-allow-methods", String.join(", ", methods));
        if (!headers.isEmpty()) {
            asked.put("access-control-allow-headers", String.join(", ", headers));
        }
        if (!maxAge.isZero()) {
            asked.put("access-control-max-age", Long.toString(maxAge.toSeconds()));
        }
        if (!exposed.isEmpty()) {
            grants.put("access-control-expose-headers", String.join(", ", exposed));
        }
        this.always = Map.copyOf(grants);
        this.preflight = Map.copyOf(asked);
        this.anybody = with(grants, ANY, false);
    }

    /** The header fields that an answer to this origin has. */
    public Map<String, String> granted(@Nullable String origin) {
        if (anyOrigin) {
            return anybody;
        }
        return isAllowed(origin) ? with(always, origin, true) : VARY;
    }

    /** The answer to a preflight request; grants nothing to an origin that may not ask. */
    public Reply preflight(@Nullable String origin) {
        if (anyOrigin) {
            return new Reply(204, with(preflight, ANY, false), "");
        }
        return new Reply(204, isAllowed(origin) ? with(preflight, origin, true) : VARY, "");
    }

    private boolean isAllowed(@Nullable String origin) {
        for (int i = 0; origin != null && i < origins.size(); i++) {
            if (origins.get(i).matches(origin)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> with(Map<String, String> grants, @Nullable String origin, boolean varies) {
        Map<String, String> all = new HashMap<>(grants);
        all.put(ALLOW_ORIGIN, String.valueOf(origin));
        if (varies) {
            all.putAll(VARY);
        }
        return all;
    }
}

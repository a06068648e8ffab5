package dev.clew.action;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CORS rules of a route (Fetch standard): the other origins whose pages may read its responses. They protect users
 * of browsers and are no access control: a request from an origin that is not allowed is served too, without the
 * grants.
 */
public final class Cors {

    /** Any origin, header field or exposed field; not allowed with credentials. */
    public static final String ANY = "*";

    private static final String ALLOW_ORIGIN = "access-control-allow-origin";
    private static final Map<String, String> VARY = Map.of("vary", "Origin");

    private final boolean anyOrigin;
    private final List<OriginPattern> origins;
    /** The grants in every response, without the origin. */
    private final Map<String, String> always;

    private final Map<String, String> preflight;
    private final Map<String, String> anyOriginGrants;

    /** The origins granted access: {@code origins}, or any. */
    public record AllowedOrigins(boolean anyOrigin, List<OriginPattern> origins, boolean credentials) {

        public AllowedOrigins {
            origins = List.copyOf(origins);
            if (anyOrigin && credentials) {
                throw new IllegalArgumentException("origins: * (expected: named origins with credentials)");
            }
        }
    }

    /**
     * Prepares the response header fields.
     *
     * @param methods that a page may use
     * @param headers request header fields allowed besides the safelisted ones
     * @param exposed response header fields readable besides the safelisted ones
     * @param maxAge the lifetime of a preflight response in the browser's cache; zero for the browser's default
     * @throws IllegalArgumentException for {@value #ANY} with credentials, where browsers take it literally
     */
    public Cors(
            AllowedOrigins allowed, List<String> methods, List<String> headers, List<String> exposed, Duration maxAge) {
        if (allowed.credentials() && (headers.contains(ANY) || exposed.contains(ANY))) {
            throw new IllegalArgumentException("headers: * (expected: named fields with credentials)");
        }
        this.anyOrigin = allowed.anyOrigin();
        this.origins = allowed.origins();
        Map<String, String> grants = new HashMap<>();
        if (allowed.credentials()) {
            grants.put("access-control-allow-credentials", "true");
        }
        Map<String, String> preflightGrants = new HashMap<>(grants);
        preflightGrants.put("access-control-allow-methods", String.join(", ", methods));
        if (!headers.isEmpty()) {
            preflightGrants.put("access-control-allow-headers", String.join(", ", headers));
        }
        if (!maxAge.isZero()) {
            preflightGrants.put("access-control-max-age", Long.toString(maxAge.toSeconds()));
        }
        if (!exposed.isEmpty()) {
            grants.put("access-control-expose-headers", String.join(", ", exposed));
        }
        this.always = Map.copyOf(grants);
        this.preflight = Map.copyOf(preflightGrants);
        this.anyOriginGrants = with(grants, ANY, false);
    }

    /** Returns the header fields added to responses to this origin. */
    public Map<String, String> granted(@Nullable String origin) {
        if (anyOrigin) {
            return anyOriginGrants;
        }
        return isAllowed(origin) ? with(always, origin, true) : VARY;
    }

    /** Returns the response to a preflight request; without grants for an origin that is not allowed. */
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

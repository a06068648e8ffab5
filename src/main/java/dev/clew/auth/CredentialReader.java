package dev.clew.auth;

import dev.clew.access.Scheme;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Extracts a scheme's credential from a request. */
public final class CredentialReader {

    /** A credential that no scheme accepts, for ambiguous requests such as two lines of one field. */
    private static final String UNREADABLE = "";

    /** Compared case-insensitively (RFC 9110 section 11.1). */
    private static final String BEARER = "bearer ";

    private CredentialReader() {}

    /**
     * Returns the credential; null when the request has none for this scheme, or another kind of {@code Authorization}.
     */
    public static @Nullable String find(MultiMap headers, Scheme scheme) {
        String name = scheme.header();
        if (!headers.contains(name)) {
            return null;
        }
        List<String> lines = headers.getAll(name);
        if (lines.size() > 1) {
            return UNREADABLE;
        }
        return scheme.isBearer() ? bearer(lines.get(0)) : lines.get(0);
    }

    private static @Nullable String bearer(String value) {
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : null;
    }
}

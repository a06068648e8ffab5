package dev.clew.auth;

import dev.clew.access.Scheme;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds in a request what a scheme takes for proof. */
public final class CredentialReader {

    /** Stands for what no scheme accepts: two lines of one credential, say. */
    private static final String UNREADABLE = "";

    /** The scheme's name is case-insensitive, RFC 9110 section 11.1. */
    private static final String BEARER = "bearer ";

    private CredentialReader() {}

    /** Null when there is none of this scheme's kind; another kind of authorization is none. */
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

package dev.clew.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The header fields named in {@code Connection}, which are not forwarded (RFC 9110 section 7.6.1). */
final class ConnectionOptions {

    private ConnectionOptions() {}

    /** Returns the names of all {@code Connection} lines; null for none, the usual case. */
    static @Nullable Set<String> namedBy(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return null;
        }
        // A case-insensitive tree keeps look-ups cheap, however many fields and names are sent.
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : headers.getAll(HttpHeaders.CONNECTION)) {
            addNames(line, names);
        }
        return names.isEmpty() ? null : names;
    }

    private static void addNames(String connection, Set<String> names) {
        if (connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return;
        }
        for (String option : connection.split(",", -1)) {
            String name = option.strip();
            // Content-Length is meant for every recipient (RFC 9110 section 7.6.1); without it the body could not be
            // framed.
            if (!name.isEmpty() && !name.equalsIgnoreCase("content-length")) {
                names.add(name);
            }
        }
    }

    static boolean isNamed(@Nullable Set<String> named, CharSequence name) {
        return named != null && named.contains(name.toString());
    }
}

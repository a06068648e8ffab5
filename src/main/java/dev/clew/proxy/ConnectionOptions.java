package dev.clew.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The header fields that {@code Connection} names, which end at the gateway (RFC 9110 section 7.6.1). */
final class ConnectionOptions {

    private ConnectionOptions() {}

    /** Returns the names, on whichever of its lines; null for none, as is usual. */
    static @Nullable Set<String> namedBy(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return null;
        }
        // Sorted without regard to case: however many fields and names are sent, looking one up stays cheap.
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
            // The length is every recipient's (RFC 9110 section 7.6.1): without it a body could not be passed on.
            if (!name.isEmpty() && !name.equalsIgnoreCase("content-length")) {
                names.add(name);
            }
        }
    }

    static boolean isNamed(@Nullable Set<String> named, String name) {
        return named != null && named.contains(name);
    }
}

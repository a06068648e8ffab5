package dev.clew.proxy;

import dev.clew.grammar.FieldName;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which header fields end at the gateway: RFC 9110 section 7.6.1, in requests and in responses. */
final class HopByHop {

    private HopByHop() {}

    /**
     * Fields that are always about one connection, whether {@code Connection} names them or not, {@link FieldName
     * however} spelled.
     */
    static boolean is(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("te");
            case 7 -> name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection") || FieldName.isSame("keep-alive", name);
            case 14 -> FieldName.isSame("http2-settings", name);
            case 16 -> FieldName.isSame("proxy-connection", name);
            case 17 -> FieldName.isSame("transfer-encoding", name);
            case 18 -> FieldName.isSame("proxy-authenticate", name);
            case 19 -> FieldName.isSame("proxy-authorization", name);
            case 25 -> FieldName.isSame("proxy-authentication-info", name);
            default -> false;
        };
    }

    /** The fields that {@code Connection} names, on whichever of its lines; null when it names none, as is usual. */
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

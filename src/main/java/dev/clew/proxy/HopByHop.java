package dev.clew.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which header fields end at the gateway: RFC 9110 section 7.6.1, in requests and in responses. */
final class HopByHop {

    private HopByHop() {}

    /** Fields that are always about one connection, whether {@code Connection} names them or not. */
    static boolean is(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("te");
            case 7 -> name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 14 -> name.equalsIgnoreCase("http2-settings");
            case 16 -> name.equalsIgnoreCase("proxy-connection");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            case 18 -> name.equalsIgnoreCase("proxy-authenticate");
            case 19 -> name.equalsIgnoreCase("proxy-authorization");
            case 25 -> name.equalsIgnoreCase("proxy-authentication-info");
            default -> false;
        };
    }

    /** The fields that {@code Connection} names, on whichever of its lines, in lower case; null when it names none, as is usual. */
    static @Nullable List<String> namedBy(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (String line : headers.getAll(HttpHeaders.CONNECTION)) {
            addNames(line, names);
        }
        return names.isEmpty() ? null : names;
    }

    private static void addNames(String connection, List<String> names) {
        if (connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return;
        }
        for (String option : connection.split(",", -1)) {
            String name = option.strip().toLowerCase(Locale.ROOT);
            // The length is every recipient's (RFC 9110 section 7.6.1): without it a body could not be passed on.
            if (!name.isEmpty() && !name.equals("content-length")) {
                names.add(name);
            }
        }
    }

    static boolean isNamed(@Nullable List<String> named, String name) {
        return named != null && named.contains(name.toLowerCase(Locale.ROOT));
    }
}

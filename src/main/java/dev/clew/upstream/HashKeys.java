package dev.clew.upstream;

import dev.clew.tenant.Balancing;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What requests are hashed by. */
final class HashKeys {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private HashKeys() {}

    /** Null when the request does not have it. */
    static @Nullable String of(Balancing.Key key, HttpServerRequest request) {
        if (key instanceof Balancing.Header header) {
            return request.getHeader(header.name());
        }
        if (key instanceof Balancing.Cookie cookie) {
            return cookie(cookie.name(), request.getHeader(HttpHeaders.COOKIE));
        }
        SocketAddress address = request.connection().remoteAddress();
        return address == null ? null : address.hostAddress();
    }

    /** The value in a {@code Cookie} field (RFC 6265 section 4.2.1). */
    static @Nullable String cookie(String name, @Nullable String field) {
        int start = 0;
        while (field != null && start < field.length()) {
            int end = field.indexOf(';', start);
            end = end < 0 ? field.length() : end;
            while (start < end && field.charAt(start) == ' ') {
                start++;
            }
            if (field.startsWith(name, start)
                    && start + name.length() < end
                    && field.charAt(start + name.length()) == '=') {
                return field.substring(start + name.length() + 1, end);
            }
            start = end + 1;
        }
        return null;
    }

    /** FNV-1a over the characters, then mixed, since its upper bits alone are poor for short keys. */
    static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014): each bit of the input changes half of the output's. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

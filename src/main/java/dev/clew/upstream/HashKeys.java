package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import dev.clew.grammar.Cookies;
import dev.clew.tenant.upstream.Balancing;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Extracts from a request the key that consistent hashing uses. */
final class HashKeys {

    private HashKeys() {}

    /** Returns null when the request has no such key. */
    static @Nullable String of(Balancing.Key key, Exchange exchange) {
        if (key instanceof Balancing.Header header) {
            return exchange.request().getHeader(header.name());
        }
        if (key instanceof Balancing.Cookie cookie) {
            return cookie(cookie.name(), exchange.request());
        }
        return exchange.caller().nearest();
    }

    private static @Nullable String cookie(String name, HttpServerRequest request) {
        for (String line : request.headers().getAll(HttpHeaders.COOKIE)) {
            String value = Cookies.find(name, line);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}

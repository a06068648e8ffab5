package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of an HTTP/1.1 connection to another protocol, such as {@code websocket} (RFC 9110 section 7.8). Upgrades
 * to {@code h2c} never get here, since the listener drops them.
 */
final class ProtocolUpgrade {

    private static final CharSequence UPGRADE = HttpHeaders.UPGRADE;
    private static final int SWITCHING_PROTOCOLS = 101;

    private ProtocolUpgrade() {}

    /**
     * Returns the protocol that a GET without a body asks for; null for none, the usual case, and for a choice of
     * several, which no client sends in practice.
     */
    static @Nullable String requested(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (!request.headers().contains(UPGRADE)
                || exchange.head().hasBody()
                || request.version() != HttpVersion.HTTP_1_1
                || !request.method().equals(HttpMethod.GET)) {
            return null;
        }
        return protocol(request.headers());
    }

    /** Returns whether the upstream accepts the upgrade to this protocol. */
    static boolean isAccepted(UpstreamResponse response, String protocol) {
        return response.statusCode() == SWITCHING_PROTOCOLS && protocol.equalsIgnoreCase(protocol(response.headers()));
    }

    static void setFields(String protocol, MultiMap headers) {
        headers.set(HttpHeaders.CONNECTION, UPGRADE).set(UPGRADE, protocol);
    }

    private static @Nullable String protocol(MultiMap headers) {
        String protocol = headers.get(UPGRADE);
        Set<String> named = ConnectionOptions.namedBy(headers);
        boolean single = protocol != null
                && !protocol.isEmpty()
                && protocol.indexOf(',') < 0
                && headers.getAll(UPGRADE).size() == 1;
        return single && ConnectionOptions.isNamed(named, "upgrade") ? protocol : null;
    }
}

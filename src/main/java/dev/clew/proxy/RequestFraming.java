package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.upstream.client.UpstreamRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.Objects;

/** The fields of an outbound request that depend on its body and on the upstream's HTTP version. */
final class RequestFraming {

    private static final CharSequence TE = HttpHeaders.createOptimized("te");
    private static final CharSequence NOTHING = HttpHeaders.createOptimized("0");
    private static final String TRAILERS = "trailers";

    private RequestFraming() {}

    /** Declares an empty body, where the client did so or where the method suggests a body (RFC 9110 section 8.6). */
    static void declareEmpty(HttpServerRequest from, MultiMap to) {
        HttpMethod method = from.method();
        if (method.equals(HttpMethod.POST)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.PATCH)
                || from.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            to.set(HttpHeaders.CONTENT_LENGTH, NOTHING);
        }
    }

    /**
     * Adapts the request to HTTP/2: moves {@code Host} to {@code :authority} (RFC 9113 section 8.3.1) and forwards
     * {@code TE: trailers} (section 8.2.2), which gRPC servers require; the gateway itself forwards trailers in any
     * case.
     */
    static void fitToHttp2(UpstreamRequest request, Exchange exchange) {
        if (request.version() != HttpVersion.HTTP_2) {
            return;
        }
        String host = Objects.requireNonNull(request.headers().get(HttpHeaders.HOST), "no host");
        request.headers().remove(HttpHeaders.HOST);
        request.authority(HostAndPort.parseAuthority(host, -1));
        if (TRAILERS.equalsIgnoreCase(exchange.request().getHeader(TE))) {
            request.headers().set(TE, TRAILERS);
        }
    }
}

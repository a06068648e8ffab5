package dev.clew.filter;

import dev.clew.action.Cors;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server side of the CORS protocol (Fetch standard, section "CORS protocol"). */
public final class CrossOrigin {

    private CrossOrigin() {}

    /**
     * Returns the method that a preflight request asks for; null if the request is not a preflight. The preflight is
     * routed by this method, so a route that lists its methods need not list OPTIONS.
     */
    public static @Nullable String requestedMethod(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS) && request.headers().contains(HttpHeaders.ORIGIN)
                ? request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                : null;
    }

    /** Returns whether the request is a CORS preflight that the gateway responds to directly. */
    public static boolean isPreflight(RoutedRequest request) {
        return request.route().response().cors() != null
                && requestedMethod(request.exchange().request()) != null;
    }

    /**
     * Adds the CORS header fields to the response, before any step can fail, so that scripts can read error responses
     * too.
     */
    public static void addHeaders(RoutedRequest request) {
        Cors cors = request.route().response().cors();
        if (cors != null) {
            Exchange exchange = request.exchange();
            String origin = exchange.request().getHeader(HttpHeaders.ORIGIN);
            for (Map.Entry<String, String> field : cors.granted(origin).entrySet()) {
                exchange.response().putHeader(field.getKey(), field.getValue());
            }
        }
    }
}

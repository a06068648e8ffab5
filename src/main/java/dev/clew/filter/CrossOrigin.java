package dev.clew.filter;

import dev.clew.action.Cors;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CORS protocol at the server's side: Fetch standard, section "CORS protocol". */
public final class CrossOrigin {

    private CrossOrigin() {}

    /**
     * The method that a preflight request asks leave for; null when the request is none. The route of that method is
     * who answers: a route that names its methods need not name OPTIONS.
     */
    public static @Nullable String requestedMethod(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS) && request.headers().contains(HttpHeaders.ORIGIN)
                ? request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                : null;
    }

    /** Whether the gateway answers the request itself, as a browser's question whether it may ask the real one. */
    public static boolean isPreflight(RoutedRequest request) {
        return request.route().response().cors() != null
                && requestedMethod(request.exchange().request()) != null;
    }

    /**
     * Says on the response who may read it, before anything can fail: a page is to be able to read the failure, too.
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

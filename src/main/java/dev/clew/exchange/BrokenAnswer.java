package dev.clew.exchange;

import dev.clew.listener.ConnectionEnd;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** A response that has begun and cannot be finished. */
public final class BrokenAnswer {

    /** RFC 9113 section 7. */
    public static final long INTERNAL_ERROR = 2;

    private BrokenAnswer() {}

    /**
     * Ends it in the one way that tells the client so: HTTP/1 has nothing but the end of the connection (RFC 9112 section 8),
     * HTTP/2 resets the stream.
     *
     * @param errorCode for HTTP/2, RFC 9113 section 7; not the one that says that all is well and the answer whole
     */
    public static void cutOff(Exchange exchange, long errorCode) {
        HttpServerResponse response = exchange.response();
        if (response.ended()) {
            return;
        }
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            response.reset(errorCode);
        } else if (response.writeQueueFull()) {
            ConnectionEnd.now(exchange.request().connection());
        } else {
            // Behind what was already written, which the client is to have.
            exchange.request().connection().close();
        }
    }
}

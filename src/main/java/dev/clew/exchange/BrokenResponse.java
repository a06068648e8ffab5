package dev.clew.exchange;

import dev.clew.error.GatewayError;
import dev.clew.listener.ConnectionClose;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jboss.logging.Logger;

/**
 * The end of a response that cannot be completed, or not even begun. The exchange ends with it, whatever the client
 * does.
 */
public final class BrokenResponse {

    private static final Logger LOG = Logger.getLogger(BrokenResponse.class);

    /** RFC 9113 section 7. */
    public static final long INTERNAL_ERROR = 2;

    private BrokenResponse() {}

    /**
     * Truncates the response so that the client can detect it: HTTP/1 closes the connection (RFC 9112 section 8),
     * HTTP/2 resets the stream.
     *
     * @param errorCode the HTTP/2 error code (RFC 9113 section 7); never NO_ERROR, which would signal a complete
     *     response
     */
    public static void cutOff(Exchange exchange, long errorCode) {
        try {
            terminate(exchange, errorCode);
        } catch (RuntimeException fault) {
            LOG.error("a response could not be truncated cleanly", Fault.withoutMessage(fault));
            abort(exchange);
        } finally {
            exchange.lifetime().end();
        }
    }

    private static void terminate(Exchange exchange, long errorCode) {
        HttpServerResponse response = exchange.response();
        if (response.ended()) {
            return;
        }
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            response.reset(errorCode);
            ConnectionClose.abortUnlessSent(exchange.request().connection(), ConnectionClose.PATIENCE);
        } else if (response.writeQueueFull()) {
            ConnectionClose.abort(exchange.request().connection());
        } else {
            // After the bytes already written, which the client shall receive.
            ConnectionClose.gracefully(exchange.request().connection());
        }
    }

    /**
     * Responds on behalf of a step that failed: with the error while no head has been sent, else by truncation. In
     * every case the exchange ends and releases what it holds.
     */
    public static void rescue(Exchange exchange, GatewayError error) {
        try {
            exchange.lifetime().abort();
            respond(exchange, error);
        } catch (RuntimeException fault) {
            LOG.error("an error response could not be sent", Fault.withoutMessage(fault));
        } finally {
            if (!exchange.lifetime().isOver()) {
                abort(exchange);
            }
        }
    }

    private static void respond(Exchange exchange, GatewayError error) {
        if (exchange.lifetime().isOver()) {
            UnreadBody.drop(exchange);
        } else if (exchange.response().headWritten()) {
            exchange.failed(error);
            cutOff(exchange, INTERNAL_ERROR);
        } else {
            exchange.fail(error);
        }
    }

    /** Aborts the connection or stream at once, without a response. */
    public static void abort(Exchange exchange) {
        try {
            if (exchange.request().version() == HttpVersion.HTTP_2) {
                ConnectionClose.resetStream(
                        exchange.request().connection(), exchange.response().streamId(), INTERNAL_ERROR);
            } else {
                ConnectionClose.abort(exchange.request().connection());
            }
        } finally {
            exchange.lifetime().end();
        }
    }
}

package dev.clew.exchange;

import dev.clew.error.GatewayError;
import dev.clew.listener.ConnectionClose;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jboss.logging.Logger;

/**
 * A response that has begun and cannot be finished, or cannot even begin. The exchange is over then, whatever the
 * client does.
 */
public final class BrokenResponse {

    private static final Logger LOG = Logger.getLogger(BrokenResponse.class);

    /** RFC 9113 section 7. */
    public static final long INTERNAL_ERROR = 2;

    private BrokenResponse() {}

    /**
     * Ends it in the one way that tells the client so: HTTP/1 has nothing but the end of the connection (RFC 9112
     * section 8), HTTP/2 resets the stream.
     *
     * @param errorCode for HTTP/2, RFC 9113 section 7; not the one that says that all is well and the answer whole
     */
    public static void cutOff(Exchange exchange, long errorCode) {
        try {
            terminate(exchange, errorCode);
        } catch (RuntimeException fault) {
            LOG.error("a response could not be cut off in order", Fault.withoutMessage(fault));
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
            // Behind what was already written, which the client is to have.
            ConnectionClose.gracefully(exchange.request().connection());
        }
    }

    /**
     * Responds in the place of a step that should have and failed: with the error, where there is still room for it,
     * else by an end. What the request holds is given back in any case.
     */
    public static void rescue(Exchange exchange, GatewayError error) {
        try {
            exchange.lifetime().abort();
            respond(exchange, error);
        } catch (RuntimeException fault) {
            LOG.error("a request could not be responded to", Fault.withoutMessage(fault));
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

    /** For when nothing else is left: no response, and no waiting. */
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

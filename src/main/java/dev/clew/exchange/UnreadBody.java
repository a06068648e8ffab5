package dev.clew.exchange;

import dev.clew.listener.ConnectionClose;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * A request body that nothing reads: paused until an attempt reads it, or, once the response has been sent, drained for
 * a short time and then cut off. Closing at once would make the client's kernel discard the response (RFC 9112 section
 * 9.6).
 */
public final class UnreadBody extends Deadlines.Deadline {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpServerRequest request;

    private UnreadBody(HttpServerRequest request) {
        this.request = request;
    }

    /**
     * Pauses the body, so that no byte is lost before there is a reader. Does nothing if the body was read to its end.
     */
    public static void hold(Exchange exchange) {
        if (remains(exchange)) {
            exchange.request().pause();
        }
    }

    /** Returns whether part of the request body is still unread. */
    public static boolean remains(Exchange exchange) {
        return exchange.head().hasBody() && !exchange.request().isEnded();
    }

    /**
     * Adds {@code Connection: close} to the response head if the body is unread; HTTP/2 does not need it (RFC 9113
     * section 8.1).
     */
    static void announce(Exchange exchange) {
        if (remains(exchange) && exchange.request().version() != HttpVersion.HTTP_2) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Drains or cuts off the rest of the body. Must be called after the response was written. */
    static void drop(Exchange exchange) {
        if (!remains(exchange)) {
            return;
        }
        HttpServerRequest request = exchange.request();
        UnreadBody rest = new UnreadBody(request);
        exchange.loop().deadlines().add(rest, System.nanoTime() + PATIENCE.toNanos());
        if (request.version() != HttpVersion.HTTP_2) {
            ConnectionClose.afterResponse(request.connection());
        }
        request.handler(dropped -> {});
        request.endHandler(end -> rest.close());
        request.exceptionHandler(gone -> rest.cancel());
        request.resume();
    }

    @Override
    protected void expired() {
        close();
    }

    private void close() {
        cancel();
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}

package dev.clew.exchange;

import dev.clew.listener.ConnectionClose;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * A request's body that nobody reads: not yet, and then it waits; or not any more, and then what remains of it when the
 * answer has been sent is read and dropped for a moment, then cut off. Closing at once would make the client's kernel
 * throw away the answer with the connection (RFC 9112 section 9.6).
 */
public final class UnreadBody extends Deadlines.Deadline {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpServerRequest request;

    private UnreadBody(HttpServerRequest request) {
        this.request = request;
    }

    /**
     * Not one byte may be read before there is someone to pass it on to. Of one that was read to its end, nothing is
     * left to hold.
     */
    public static void hold(Exchange exchange) {
        if (remains(exchange)) {
            exchange.request().pause();
        }
    }

    /** Whether bytes of the request are still to come. */
    public static boolean remains(Exchange exchange) {
        return exchange.head().hasBody() && !exchange.request().isEnded();
    }

    /**
     * Says on an answer's head, where need be, that the connection ends with it; HTTP/2 has no need (RFC 9113 section
     * 8.1).
     */
    static void announce(Exchange exchange) {
        if (remains(exchange) && exchange.request().version() != HttpVersion.HTTP_2) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** To be called when the answer has been written. */
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

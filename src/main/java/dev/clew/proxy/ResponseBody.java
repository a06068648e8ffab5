package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.UnreadBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The upstream's answer on its way to the client. */
final class ResponseBody {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long UNKNOWN = -1;

    private final Attempt attempt;
    private final Exchange exchange;
    private final HttpClientResponse from;
    private final HttpServerResponse to;

    private long remaining = UNKNOWN;
    private boolean closeAfter;

    ResponseBody(Attempt attempt, Exchange exchange, HttpClientResponse from) {
        this.attempt = attempt;
        this.exchange = exchange;
        this.from = from;
        this.to = exchange.response();
    }

    void stream() {
        to.setStatusCode(from.statusCode());
        ResponseHeaders.copy(from.headers(), to.headers());
        if (mayHaveBody()) {
            delimit(from.getHeader(HttpHeaders.CONTENT_LENGTH));
        }
        from.exceptionHandler(failure -> attempt.fail(UpstreamFailure.whileExchanging(failure)));
        from.handler(this::pass);
        from.endHandler(end -> finish(null));
        if (mayHaveBody() && remaining != 0 && !attempt.isEnded()) {
            // The body may begin much later, as that of an event stream, and the client waits for the head.
            attempt.later(this::sendHead);
        }
    }

    private void sendHead() {
        if (!attempt.isEnded() && !to.headWritten()) {
            to.write(Buffer.buffer(0));
        }
    }

    private boolean mayHaveBody() {
        return !exchange.request().method().equals(HttpMethod.HEAD)
                && from.statusCode() != NO_CONTENT
                && from.statusCode() != NOT_MODIFIED;
    }

    /** RFC 9112 section 6.3: by length where the upstream gave one, else chunked, else (HTTP/1.0) by closing. */
    private void delimit(@Nullable String contentLength) {
        if (contentLength != null) {
            remaining = Long.parseLong(contentLength);
        } else if (exchange.request().version() == HttpVersion.HTTP_1_1) {
            to.setChunked(true);
        } else if (exchange.request().version() == HttpVersion.HTTP_1_0) {
            closeAfter = true;
        }
    }

    private void pass(Buffer chunk) {
        if (attempt.isEnded()) {
            return;
        }
        if (remaining != UNKNOWN) {
            remaining -= chunk.length();
            if (remaining == 0) {
                // Head, body and end in one write: most answers are one chunk.
                finish(chunk);
                return;
            }
        }
        attempt.await(attempt.timeouts().idle());
        to.write(chunk);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> from.resume());
        }
    }

    private void finish(@Nullable Buffer last) {
        if (attempt.isEnded()) {
            return;
        }
        attempt.succeed();
        if (!closeAfter && remaining == UNKNOWN && !from.trailers().isEmpty()) {
            to.trailers().addAll(from.trailers());
        }
        if (last == null) {
            to.end();
        } else {
            to.end(last);
        }
        if (closeAfter) {
            exchange.request().connection().close();
        }
        UnreadBody.drop(exchange);
    }
}

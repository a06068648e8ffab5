package dev.clew.proxy;

import dev.clew.action.ResponseRules;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.exchange.ResponseEnd;
import dev.clew.filter.HeaderEditing;
import dev.clew.proxy.HeldBytes.Direction;
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The upstream's response on its way to the client. */
final class ResponseBody implements UpstreamResponse.Body {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long UNKNOWN = -1;

    private final Attempt attempt;
    private final Exchange exchange;
    private final UpstreamResponse from;
    private final HttpServerResponse to;
    private final ResponseRules rules;

    private long remaining = UNKNOWN;
    private boolean closeAfter;

    ResponseBody(Attempt attempt, UpstreamResponse from) {
        this.attempt = attempt;
        this.exchange = attempt.exchange();
        this.from = from;
        this.to = exchange.response();
        this.rules = attempt.request().route().response();
    }

    void stream() {
        String contentLength = from.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (contentLength != null && mayHaveBody()) {
            remaining = Long.parseLong(contentLength);
        }
        from.body(this);
    }

    /** Sends the head: the client must not wait until the body begins, which may take long, as in an event stream. */
    @Override
    public void caughtUp() {
        if (mayHaveBody() && remaining != 0 && !attempt.isEnded() && !to.headWritten()) {
            fillHead();
            to.write(Buffer.buffer(0));
        }
    }

    /**
     * Fills in the head only when it is certainly sent: if the attempt fails earlier, no field may leak into the error
     * response.
     */
    private void fillHead() {
        if (to.headWritten()) {
            return;
        }
        to.setStatusCode(from.statusCode());
        ResponseHeaders.copy(from.headers(), to.headers(), rules.cors() != null);
        HeaderEditing.apply(rules.headers(), to.headers());
        if (remaining == UNKNOWN && mayHaveBody()) {
            delimit();
        }
    }

    private boolean mayHaveBody() {
        return !exchange.request().method().equals(HttpMethod.HEAD)
                && from.statusCode() != NO_CONTENT
                && from.statusCode() != NOT_MODIFIED;
    }

    /**
     * Frames a body of undeclared length: chunked, or in HTTP/1.0 by closing (RFC 9112 section 6.3). HTTP/2 has frames.
     */
    private void delimit() {
        if (exchange.request().version() == HttpVersion.HTTP_1_1) {
            to.setChunked(true);
        } else if (exchange.request().version() == HttpVersion.HTTP_1_0) {
            closeAfter = true;
        }
    }

    @Override
    public void received(Buffer chunk) {
        if (attempt.isEnded()) {
            return;
        }
        if (remaining != UNKNOWN) {
            remaining -= chunk.length();
            if (remaining == 0 && from.version() != HttpVersion.HTTP_2) {
                // Most responses are one chunk; head, body and end then take one write. In HTTP/2, trailers may follow.
                finish(chunk);
                return;
            }
        }
        attempt.await(attempt.timeouts().idle());
        fillHead();
        to.write(chunk);
        if (to.writeQueueFull()) {
            BackPressure.hold(from::pause, from::resume, to::drainHandler, Direction.CLIENT, attempt);
        }
    }

    @Override
    public void ended() {
        finish(null);
    }

    /** Returns whether trailers can be forwarded; HTTP/1 allows them only after chunks (RFC 9112 section 7.1.2). */
    private boolean mayHaveTrailers() {
        return exchange.request().version() == HttpVersion.HTTP_2 || (!closeAfter && remaining == UNKNOWN);
    }

    private void finish(@Nullable Buffer last) {
        if (attempt.isEnded()) {
            return;
        }
        if (!UpstreamFailure.areForwardable(from.trailers(), from)) {
            attempt.fail(UpstreamFailure.notForwardable());
            return;
        }
        attempt.record()
                .grpcEnded(GrpcProtocol.statusOf(exchange.request(), from.version(), from.headers(), from.trailers()));
        attempt.succeed();
        fillHead();
        if (mayHaveTrailers() && !from.trailers().isEmpty()) {
            ResponseHeaders.copy(from.trailers(), to.trailers());
        }
        ResponseEnd.send(exchange, last);
        if (closeAfter) {
            exchange.request().connection().close();
        }
    }
}

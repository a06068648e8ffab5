package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt, which comes once: a response that was passed on, one that is dropped in favour of another
 * attempt, a failure, or the client that has gone; and who is told of it.
 */
final class AttemptEnd {

    private final Delivery delivery;
    private final Exchange exchange;
    private final Attempt attempt;

    private @Nullable Tunnel tunnel;

    /** For an HTTP/2 client whose response breaks off. */
    private long cutOffCode = BrokenResponse.INTERNAL_ERROR;

    /** True when the delivery has taken over, so that nothing of this attempt concerns the client any more. */
    private boolean handedOver;

    AttemptEnd(Delivery delivery, Attempt attempt) {
        this.delivery = delivery;
        this.exchange = delivery.exchange();
        this.attempt = attempt;
    }

    void leftHttp(Tunnel opened) {
        tunnel = opened;
    }

    boolean isTunnel() {
        return tunnel != null;
    }

    /** @param spent whether the connection can carry nothing else */
    void succeed(boolean spent) {
        if (!attempt.isEnded()) {
            attempt.end(null, null);
            delivery.release();
            if (spent) {
                cancelUpstream();
            }
        }
    }

    /** Another attempt is made in place of this response. */
    void retryInsteadOf(HttpClientResponse response) {
        attempt.end(null, null);
        response.exceptionHandler(dropped -> {}); // the reset's echo; Vert.x would log it as an error
        cancelUpstream();
        delivery.retryAfterResponse(attempt.dispatch().target());
        handedOver = true;
    }

    /** Ends it by what the client's library says while a request is under way. */
    void failed(Throwable cause) {
        GatewayError error = UpstreamFailure.whileExchanging(cause);
        cutOffCode = attempt.isEnded() ? cutOffCode : UpstreamFailure.forwardedCode(cause);
        HttpClientRequest request = attempt.upstreamRequest();
        // An attempt that was answered, if only with a head, has itself proven its connection.
        boolean stale = attempt.record().status() == 0
                && request != null
                && attempt.dispatch().client().hasResponded(request.connection())
                && UpstreamFailure.isUnprocessed(cause);
        fail(error, stale, !stale);
    }

    void fail(GatewayError error) {
        fail(error, true);
    }

    /** @param counts whether it is the upstream's, if the error's kind is */
    void fail(GatewayError error, boolean counts) {
        fail(error, false, counts);
    }

    private void fail(GatewayError error, boolean staleConnection, boolean counts) {
        if (attempt.isEnded()) {
            return;
        }
        attempt.end(error.kind(), counts ? error.kind() : null);
        if (exchange.response().headWritten() || UpstreamFailure.isCancelledCall(cutOffCode, exchange)) {
            // No time or place for a status: what the client is told is that the answer is not whole (RFC 9112 section
            // 8).
            delivery.release();
            exchange.failed(error);
            breakOff();
            return;
        }
        cancelUpstream();
        delivery.attemptFailed(attempt.dispatch().target(), error, staleConnection);
        handedOver = true;
    }

    private void breakOff() {
        if (tunnel != null) {
            tunnel.close();
        } else {
            cancelUpstream();
            BrokenResponse.cutOff(exchange, cutOffCode);
        }
    }

    /** The client is gone. */
    void abort() {
        if (!attempt.isEnded()) {
            attempt.dispatch().client().cancelled(attempt.upstreamRequest());
            attempt.end(ErrorKind.CLIENT_GONE, null);
            cancelUpstream();
        }
    }

    /** A step threw. Ending the attempt may fail by the same cause; then what is left is to respond without it. */
    void stepFailed(RuntimeException fault) {
        GatewayError error = UpstreamFailure.ofTheGateway(fault);
        if (!attempt.isEnded()) {
            Handler<GatewayError> handler = Guard.around(this::fail, again -> BrokenResponse.rescue(exchange, error));
            handler.handle(error);
        } else if (!handedOver) {
            BrokenResponse.rescue(exchange, error);
        }
    }

    private void cancelUpstream() {
        if (tunnel != null) {
            tunnel.closeUpstream();
        } else {
            attempt.cancelUpstream();
        }
    }
}

package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.error.GrpcStatus;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.upstream.client.UpstreamRequest;
import io.vertx.core.Handler;
import org.jspecify.annotations.Nullable;

/**
 * The one-time end of an attempt, and its consequences: the response was forwarded, a retry replaces the response, the
 * attempt failed, or the client disconnected.
 */
final class AttemptEnd {

    private final Delivery delivery;
    private final Exchange exchange;
    private final Attempt attempt;

    private @Nullable Tunnel tunnel;

    /** The HTTP/2 error code for a client whose response is truncated. */
    private long cutOffCode = BrokenResponse.INTERNAL_ERROR;

    /** True once the delivery has taken over; the attempt then no longer affects the client. */
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

    /** @param spent whether the connection cannot be reused */
    void succeed(boolean spent) {
        if (!attempt.isEnded()) {
            attempt.end(null, null);
            delivery.release();
            if (spent) {
                cancelUpstream();
            }
        }
    }

    /** Ends the attempt in favour of a retry that replaces this response. */
    void retryInsteadOf() {
        attempt.end(null, null);
        cancelUpstream();
        delivery.retryAfterResponse(attempt.dispatch().target());
        handedOver = true;
    }

    /** Ends the attempt with an error that the HTTP client reported during the exchange. */
    void failed(Throwable cause) {
        GatewayError error = UpstreamFailure.whileExchanging(cause);
        cutOffCode = attempt.isEnded() ? cutOffCode : UpstreamFailure.forwardedCode(cause);
        if (UpstreamFailure.isCancelledCall(cutOffCode, exchange)) {
            attempt.record().grpcEnded(GrpcStatus.CANCELLED);
        }
        UpstreamRequest request = attempt.upstreamRequest();
        // A response, even if only its head, proves that the connection was not stale.
        boolean stale = attempt.record().status() == 0
                && request != null
                && request.hasResponded()
                && UpstreamFailure.isUnprocessed(cause);
        fail(error, stale, !stale);
    }

    void fail(GatewayError error) {
        fail(error, true);
    }

    /** @param counts whether an error of a kind that the upstream causes counts against the upstream */
    void fail(GatewayError error, boolean counts) {
        fail(error, false, counts);
    }

    private void fail(GatewayError error, boolean staleConnection, boolean counts) {
        if (attempt.isEnded()) {
            return;
        }
        attempt.end(error.kind(), counts ? error.kind() : null);
        if (exchange.response().headWritten() || UpstreamFailure.isCancelledCall(cutOffCode, exchange)) {
            // Too late for an error response, or none is wanted: truncation signals the failure (RFC 9112 section 8).
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

    /** Ends the attempt after the client disconnected. */
    void abort() {
        if (!attempt.isEnded()) {
            UpstreamRequest request = attempt.upstreamRequest();
            if (request != null) {
                request.cancelled();
            }
            if (GrpcProtocol.isCall(exchange.request())) {
                attempt.record().grpcEnded(GrpcStatus.CANCELLED);
            }
            attempt.end(ErrorKind.CLIENT_GONE, null);
            cancelUpstream();
        }
    }

    /**
     * Handles a step that threw. Ending the attempt may throw for the same cause; the client then gets a response
     * without it.
     */
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

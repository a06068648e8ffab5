package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.BrokenAnswer;
import dev.clew.exchange.Exchange;
import dev.clew.upstream.Dispatch;
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
    private final Dispatch dispatch;
    private final AttemptRecord record;
    private final Runnable stopWaiting;

    private @Nullable HttpClientRequest upstreamRequest;
    private @Nullable Tunnel tunnel;

    /** For an HTTP/2 client whose response breaks off. */
    private long cutOffCode = BrokenAnswer.INTERNAL_ERROR;

    private boolean ended;
    /** True when the delivery has taken over, so that nothing of this attempt concerns the client any more. */
    private boolean handedOver;

    AttemptEnd(Delivery delivery, Dispatch dispatch, AttemptRecord record, Runnable stopWaiting) {
        this.delivery = delivery;
        this.exchange = delivery.exchange();
        this.dispatch = dispatch;
        this.record = record;
        this.stopWaiting = stopWaiting;
    }

    void connected(HttpClientRequest request) {
        upstreamRequest = request;
    }

    void leavesHttp(Tunnel opened) {
        tunnel = opened;
    }

    boolean isTunnel() {
        return tunnel != null;
    }

    boolean hasCome() {
        return ended;
    }

    /** @param spent whether the connection can carry nothing else */
    void succeed(boolean spent) {
        if (!ended) {
            end(null, null);
            delivery.leave();
            if (spent) {
                giveUpUpstream();
            }
        }
    }

    /** Another attempt is made in place of this response. */
    void retryInsteadOf(HttpClientResponse response) {
        end(null, null);
        response.exceptionHandler(dropped -> {}); // the reset's echo; Vert.x would log it as an error
        giveUpUpstream();
        delivery.retryInstead(dispatch.target());
        handedOver = true;
    }

    /** Ends it by what the client's library says while a request is under way. */
    void failed(Throwable cause) {
        GatewayError error = UpstreamFailure.whileExchanging(cause);
        cutOffCode = ended ? cutOffCode : UpstreamFailure.codePassedOn(cause);
        HttpClientRequest request = upstreamRequest;
        // An attempt that was answered, if only with a head, has itself proven its connection.
        boolean stale = record.status() == 0
                && request != null
                && dispatch.client().wasProven(request.connection())
                && UpstreamFailure.isBeforeProcessing(cause);
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
        if (ended) {
            return;
        }
        end(error.kind(), counts ? error.kind() : null);
        if (exchange.response().headWritten() || UpstreamFailure.isCancelledCall(cutOffCode, exchange)) {
            // No time or place for a status: what the client is told is that the answer is not whole (RFC 9112 section
            // 8).
            delivery.leave();
            exchange.failed(error);
            breakOff();
            return;
        }
        giveUpUpstream();
        delivery.attemptFailed(dispatch.target(), error, staleConnection);
        handedOver = true;
    }

    private void breakOff() {
        if (tunnel != null) {
            tunnel.close();
        } else {
            giveUpUpstream();
            BrokenAnswer.cutOff(exchange, cutOffCode);
        }
    }

    /** Something was waited for in vain: if it was the upstream's, its connection may be of no use. */
    void late() {
        dispatch.client().wasLate(upstreamRequest);
    }

    /** The client is gone. */
    void abandon() {
        if (!ended) {
            dispatch.client().wasGivenUp(upstreamRequest);
            end(ErrorKind.CLIENT_GONE, null);
            giveUpUpstream();
        }
    }

    /** A step threw. Ending the attempt may fail by the same cause; then what is left is to respond without it. */
    void broke(RuntimeException fault) {
        GatewayError error = UpstreamFailure.ofTheGateway(fault);
        if (!ended) {
            Handler<GatewayError> handler = Guard.around(this::fail, again -> BrokenAnswer.rescue(exchange, error));
            handler.handle(error);
        } else if (!handedOver) {
            BrokenAnswer.rescue(exchange, error);
        }
    }

    /** @param blamed what of it the upstream is to blame for */
    private void end(@Nullable ErrorKind failure, @Nullable ErrorKind blamed) {
        ended = true;
        stopWaiting.run();
        record.end(System.nanoTime(), failure);
        dispatch.ended(record.status(), record.grpcStatus(), blamed);
    }

    private void giveUpUpstream() {
        if (tunnel != null) {
            tunnel.closeUpstream();
        } else if (upstreamRequest != null) {
            OutboundRequest.giveUp(upstreamRequest);
        }
    }
}

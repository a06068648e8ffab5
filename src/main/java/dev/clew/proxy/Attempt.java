package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.proxy.UpstreamFailure.Awaited;
import dev.clew.upstream.Dispatch;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One try of a request at one endpoint, whose response is streamed back. The ways it ends are in {@link AttemptEnd}.
 */
final class Attempt extends OutboundRequest {

    private final Delivery delivery;
    private final AttemptEnd end;

    private @Nullable RequestBody body;
    private @Nullable String upgrade;

    Attempt(Delivery delivery, Dispatch dispatch, String spanId) {
        super(
                delivery,
                dispatch,
                delivery.exchange().beginAttempt(spanId, dispatch.target().endpoint(), dispatch.isProbe()),
                delivery.held(),
                delivery.end().nanos());
        this.delivery = delivery;
        this.end = new AttemptEnd(delivery, this);
    }

    @Override
    void fillHead(HttpClientRequest to) {
        fillFields(to.headers());
    }

    @Override
    void send(HttpClientRequest to) {
        upgrade = ProtocolUpgrade.request(to, exchange());
        body = new RequestBody(this, to, delivery.bufferedBody(), delivery.mirroring());
        body.send(upgrade != null);
    }

    @Override
    boolean isForwardable(HttpClientResponse response) {
        return isSwitching(response) || super.isForwardable(response);
    }

    private boolean isSwitching(HttpClientResponse response) {
        return upgrade != null && ProtocolUpgrade.isAccepted(response, upgrade);
    }

    @Override
    void receive(HttpClientResponse response) {
        if (delivery.tryRetryInsteadOf(response.statusCode())) {
            end.retryInsteadOf(response);
            return;
        }
        boolean switching = isSwitching(response);
        boundBy(switching ? delivery.end().attempts() : delivery.end().nanos());
        await(timeouts().idle());
        if (upgrade != null && switching) {
            Tunnel tunnel = Tunnel.between(this, response);
            end.leftHttp(tunnel);
            tunnel.open(response, upgrade);
        } else {
            new ResponseBody(this, response).stream();
        }
    }

    /** Runs after what the event loop has already read has been handled. */
    void runLater(Runnable action) {
        delivery.context().runOnContext(guarded(next -> action.run()));
    }

    /** The side that was held up goes on, and has the whole time to do so. */
    void restartIdleTimeout() {
        if (!isEnded()) {
            await(timeouts().idle());
        }
    }

    /** The request was sent, whole; its answer may have begun long ago, as in a gRPC call that streams both ways. */
    void awaitResponse() {
        await(record().status() == 0 ? timeouts().response() : timeouts().idle());
    }

    @Override
    protected void expired() {
        Handler<Void> handler = guarded(over -> timeOut());
        handler.handle(null);
    }

    private void timeOut() {
        RequestBody sent = body;
        boolean outOfTime = isOutOfTime();
        if (!outOfTime && sent != null && sent.awaitsContinue()) {
            sent.proceed();
            return;
        }
        boolean overdue = outOfTime && !end.isTunnel() && delivery.end().isOverdue();
        Awaited what = awaited(sent, exchange().response());
        GatewayError error = overdue ? UpstreamFailure.overdue(what) : UpstreamFailure.timedOut(what, outOfTime);
        if (error.kind() != ErrorKind.REQUEST_TIMEOUT && error.kind() != ErrorKind.CLIENT_STALLED) {
            reportTimeout();
        }
        end.fail(error, !isEitherSideIdle(sent));
    }

    private static Awaited awaited(@Nullable RequestBody sent, HttpServerResponse response) {
        if (sent == null) {
            return Awaited.CONNECTION;
        }
        if (response.headWritten()) {
            return !response.ended() && response.writeQueueFull() ? Awaited.CLIENT_READS : Awaited.RESPONSE_BODY;
        }
        if (sent.isComplete()) {
            return Awaited.RESPONSE_HEAD;
        }
        return sent.isPausedByUpstream() ? Awaited.UPSTREAM_READS : Awaited.REQUEST;
    }

    /** In a tunnel, or a call that streams both ways, it may be the client that says nothing. */
    private boolean isEitherSideIdle(@Nullable RequestBody sent) {
        boolean both = end.isTunnel()
                || (sent != null && !sent.isComplete() && exchange().response().headWritten());
        return both && !held().isPaused(HeldBytes.Direction.UPSTREAM);
    }

    /** The answer has been passed on, whole. */
    void succeed() {
        boolean refused = upgrade != null && !end.isTunnel();
        // Answered without having read all of it, or, to Vert.x, its end: this connection can carry nothing else.
        end.succeed(refused || (body != null && !body.isComplete()));
    }

    @Override
    void failed(Throwable cause) {
        end.failed(cause);
    }

    @Override
    void fail(GatewayError error) {
        end.fail(error);
    }

    /** The client is gone. */
    void abort() {
        end.abort();
    }

    @Override
    void stepFailed(RuntimeException fault) {
        end.stepFailed(fault);
    }
}

package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.proxy.UpstreamFailure.Awaited;
import dev.clew.upstream.Dispatch;
import dev.clew.upstream.client.UpstreamRequest;
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a request at one endpoint, which streams the response to the client. {@link AttemptEnd} holds its
 * outcomes.
 */
final class Attempt extends OutboundRequest {

    private final Delivery delivery;
    private final AttemptEnd end;

    private @Nullable RequestBody body;
    /** The protocol that the client asks for; null for none, the usual case. */
    private @Nullable String upgrade;

    /** Null before the first interim response. */
    private @Nullable InterimResponses interim;

    Attempt(Delivery delivery, Dispatch dispatch, String spanId) {
        super(
                delivery,
                dispatch,
                delivery.exchange().beginAttempt(spanId, dispatch.target().endpoint(), dispatch.isProbe()),
                delivery.held(),
                delivery.end().nanos());
        this.delivery = delivery;
        this.end = new AttemptEnd(delivery, this);
        this.upgrade = ProtocolUpgrade.requested(exchange());
    }

    @Override
    boolean upgrades() {
        return upgrade != null;
    }

    @Override
    void fillHead(UpstreamRequest to) {
        fillFields(to.headers());
    }

    @Override
    void send(UpstreamRequest to) {
        if (upgrade != null && to.version() == HttpVersion.HTTP_1_1) {
            ProtocolUpgrade.setFields(upgrade, to.headers());
        } else {
            upgrade = null;
        }
        body = new RequestBody(this, to, delivery.bufferedBody(), delivery.mirroring());
        body.send(upgrade != null);
    }

    @Override
    public void continued() {
        if (interim().allowsOneMore() && body != null) {
            body.proceed();
        }
    }

    @Override
    public void hinted(MultiMap fields) {
        if (interim().allowsOneMore() && !isEnded() && InterimResponses.areSupported(exchange())) {
            interim().passOn(fields, exchange().response());
        }
    }

    private InterimResponses interim() {
        InterimResponses known = interim;
        if (known == null) {
            UpstreamRequest to = Objects.requireNonNull(upstreamRequest(), "not connected");
            known = new InterimResponses(to, () -> fail(UpstreamFailure.tooManyInterim()));
            interim = known;
        }
        return known;
    }

    @Override
    boolean isForwardable(UpstreamResponse response) {
        return isSwitching(response) || super.isForwardable(response);
    }

    private boolean isSwitching(UpstreamResponse response) {
        return upgrade != null && ProtocolUpgrade.isAccepted(response, upgrade);
    }

    @Override
    void receive(UpstreamResponse response) {
        if (delivery.tryRetryInsteadOf(response.statusCode())) {
            end.retryInsteadOf();
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

    /** Runs an action after the events already read by the event loop. */
    void runLater(Runnable action) {
        delivery.context().runOnContext(guarded(next -> action.run()));
    }

    /** Restarts the idle timeout after back-pressure has ended. */
    void restartIdleTimeout() {
        if (!isEnded()) {
            await(timeouts().idle());
        }
    }

    /** Waits for the response; it may have begun already, as in a bidirectional gRPC stream. */
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

    /** Returns whether either side may be the idle one, as in a tunnel or a bidirectional stream. */
    private boolean isEitherSideIdle(@Nullable RequestBody sent) {
        boolean either = end.isTunnel()
                || (sent != null && !sent.isComplete() && exchange().response().headWritten());
        return either && !held().isPaused(HeldBytes.Direction.UPSTREAM);
    }

    /** Ends the attempt after its response was forwarded completely. */
    void succeed() {
        boolean declined = upgrade != null && !end.isTunnel();
        // With the request unread to its end, or not ended as Vert.x sees it, the connection cannot be reused.
        end.succeed(declined || (body != null && !body.isComplete()));
    }

    @Override
    public void failed(Throwable cause) {
        end.failed(cause);
    }

    @Override
    void fail(GatewayError error) {
        end.fail(error);
    }

    /** Ends the attempt after the client disconnected. */
    void abort() {
        end.abort();
    }

    @Override
    void stepFailed(RuntimeException fault) {
        end.stepFailed(fault);
    }
}

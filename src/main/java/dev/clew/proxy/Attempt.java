package dev.clew.proxy;

import dev.clew.answer.HeaderEditing;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Timeouts;
import dev.clew.upstream.Dispatch;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * One try at one endpoint: connect, send, wait for the head of the response, stream it back. At any moment exactly one
 * thing is waited for, and the deadline is that thing's. How it ends is told in {@link AttemptEnd}.
 */
final class Attempt extends BoundedWait {

    private final Delivery delivery;
    private final Exchange exchange;
    private final Dispatch dispatch;
    private final AttemptRecord record;
    private final AttemptEnd end;

    private @Nullable RequestBody body;
    private @Nullable String upgrade;

    Attempt(Delivery delivery, Dispatch dispatch, String spanId) {
        super(
                delivery.exchange().loop().deadlines(),
                delivery.held(),
                delivery.end().nanos(),
                delivery.pool().upstream().connections().timeouts().attempt());
        this.delivery = delivery;
        this.dispatch = dispatch;
        this.exchange = delivery.exchange();
        this.record = exchange.beginAttempt(spanId, dispatch.target().endpoint(), dispatch.isProbe());
        this.end = new AttemptEnd(delivery, dispatch, record, this::cancel);
    }

    void begin() {
        await(timeouts().connect());
        dispatch.client()
                .request(
                        OutboundRequest.options(delivery.request(), delivery.forward(), dispatch.target(), timeouts()),
                        guarded(this::connected));
    }

    /** As {@link Guard#around}: whatever the handler throws ends this attempt, and the request is responded to. */
    <T> Handler<T> guarded(Handler<T> handler) {
        return Guard.around(handler, end::broke);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (isEnded()) {
            if (connection.succeeded()) {
                OutboundRequest.giveUp(connection.result());
            }
            return;
        }
        if (connection.failed()) {
            fail(UpstreamFailure.whileConnecting(connection.cause()));
            return;
        }
        HttpClientRequest request = connection.result();
        end.connected(request);
        record.connected(request.connection(), request.version());
        send(request);
    }

    private void send(HttpClientRequest request) {
        delivery.headers()
                .copy(delivery.request(), delivery.pool().upstream().propagate(), record.spanId(), request.headers());
        HeaderEditing.apply(delivery.forward().headers(), request.headers());
        OutboundRequest.fitToHttp2(request, exchange);
        upgrade = OutboundRequest.askForUpgrade(request, exchange);
        request.exceptionHandler(guarded(this::failed));
        request.response().onComplete(guarded(this::answered));
        body = new RequestBody(this, delivery.request(), request, delivery.keptBody(), delivery.mirroring());
        body.send(upgrade != null);
    }

    private void answered(AsyncResult<HttpClientResponse> head) {
        if (isEnded()) {
            return;
        }
        if (head.failed()) {
            failed(head.cause());
            return;
        }
        HttpClientResponse response = head.result();
        dispatch.client().proven(response.request().connection());
        boolean switches = upgrade != null && Upgrade.isAgreed(response, upgrade);
        if (!switches && !UpstreamFailure.isPassedOn(response)) {
            fail(UpstreamFailure.notPassedOn());
            return;
        }
        record.answered(
                response.statusCode(),
                TraceAnswers.in(response.headers(), exchange.trace().traceId()));
        dispatch.answered(response.statusCode());
        if (delivery.retriesInsteadOf(response.statusCode())) {
            end.retryInsteadOf(response);
            return;
        }
        boundBy(switches ? delivery.end().attempts() : delivery.end().nanos());
        await(timeouts().idle());
        if (upgrade != null && switches) {
            Tunnel tunnel = Tunnel.between(this, delivery.request(), response);
            end.leavesHttp(tunnel);
            tunnel.open(response, upgrade);
        } else {
            new ResponseBody(this, delivery.request(), response).stream();
        }
    }

    /** Runs after what the event loop has already read has been handled. */
    void later(Runnable action) {
        delivery.context().runOnContext(guarded(next -> action.run()));
    }

    /** The side that was held up goes on, and has the whole time to do so. */
    void waitsOn() {
        if (!isEnded()) {
            await(timeouts().idle());
        }
    }

    /** The request was sent, whole; its answer may have begun long ago, as in a gRPC call that streams both ways. */
    void awaitAnswer() {
        await(record.status() == 0 ? timeouts().response() : timeouts().idle());
    }

    Timeouts timeouts() {
        return delivery.pool().upstream().connections().timeouts();
    }

    boolean isEnded() {
        return end.hasCome();
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
        GatewayError error = UpstreamFailure.timedOut(outOfTime, overdue, sent, exchange.response());
        if (error.kind() != ErrorKind.REQUEST_TIMEOUT && error.kind() != ErrorKind.CLIENT_STALLED) {
            end.late();
        }
        end.fail(error, !isForEitherSideToSpeak(sent));
    }

    /** In a tunnel, or a call that streams both ways, it may be the client that says nothing. */
    private boolean isForEitherSideToSpeak(@Nullable RequestBody sent) {
        boolean both = end.isTunnel()
                || (sent != null && !sent.isComplete() && exchange.response().headWritten());
        return both && !held().isHeldBack(HeldBytes.Direction.UPSTREAM);
    }

    /** The answer has been passed on, whole. */
    void succeed() {
        boolean refused = upgrade != null && !end.isTunnel();
        // Answered without having read all of it, or, to Vert.x, its end: this connection can carry nothing else.
        end.succeed(refused || (body != null && !body.isComplete()));
    }

    /** What the client's library says while a request is under way. */
    void failed(Throwable cause) {
        end.failed(cause);
    }

    @Override
    void fail(GatewayError error) {
        end.fail(error);
    }

    /** The client is gone. */
    void abandon() {
        end.abandon();
    }

    AttemptRecord record() {
        return record;
    }
}

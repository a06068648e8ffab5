package dev.clew.proxy;

import dev.clew.answer.HeaderEditing;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.BrokenAnswer;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Timeouts;
import dev.clew.upstream.LoopClient;
import dev.clew.upstream.Target;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * One try at one endpoint: connect, send, wait for the head of the answer, stream it back. At any moment exactly one thing is
 * waited for, and the deadline is that thing's.
 */
final class Attempt extends BoundedWait {

    private final Delivery delivery;
    private final Exchange exchange;
    private final Target target;
    private final AttemptRecord record;
    private final LoopClient client;

    private @Nullable HttpClientRequest upstreamRequest;
    private @Nullable RequestBody body;
    private @Nullable String upgrade;
    private @Nullable Tunnel tunnel;

    /** What an HTTP/2 client is told if the answer breaks off. */
    private long cutOffCode = BrokenAnswer.INTERNAL_ERROR;

    private boolean ended;

    Attempt(Delivery delivery, Target target, AttemptRecord record) {
        super(
                delivery.exchange().loop().deadlines(),
                delivery.end().nanos(),
                delivery.pool().upstream().connections().timeouts().attempt());
        this.delivery = delivery;
        this.target = target;
        this.exchange = delivery.exchange();
        this.record = record;
        this.client = target.clientOf(exchange.loop());
        client.began();
    }

    void begin() {
        await(timeouts().connect());
        client.http()
                .request(OutboundRequest.options(exchange, delivery.forward(), target, timeouts()))
                .onComplete(this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (ended) {
            if (connection.succeeded()) {
                connection.result().reset(UpstreamFailure.CANCEL);
            }
            return;
        }
        if (connection.failed()) {
            fail(UpstreamFailure.whileConnecting(connection.cause()));
            return;
        }
        upstreamRequest = connection.result();
        record.connected(upstreamRequest.connection(), upstreamRequest.version());
        try {
            send(connection.result());
        } catch (RuntimeException e) {
            fail(UpstreamFailure.ofTheGateway(e));
        }
    }

    private void send(HttpClientRequest request) {
        delivery.headers().copy(exchange, delivery.pool().upstream().propagate(), record.spanId(), request.headers());
        HeaderEditing.apply(delivery.forward().headers(), request.headers());
        OutboundRequest.fitToHttp2(request, exchange);
        upgrade = OutboundRequest.askForUpgrade(request, exchange);
        request.exceptionHandler(this::failed);
        request.response().onComplete(this::answered);
        body = new RequestBody(this, exchange, request, delivery.keptBody(), delivery.mirroring());
        body.send(upgrade != null);
    }

    private void answered(AsyncResult<HttpClientResponse> head) {
        if (ended) {
            return;
        }
        if (head.failed()) {
            failed(head.cause());
            return;
        }
        HttpClientResponse response = head.result();
        client.proven(response.request().connection());
        boolean switches = upgrade != null && Upgrade.isAgreed(response, upgrade);
        if (!switches && !UpstreamFailure.isPassedOn(response.statusCode())) {
            fail(UpstreamFailure.statusNotPassedOn());
            return;
        }
        record.answered(
                response.statusCode(),
                TraceAnswers.in(response.headers(), exchange.trace().traceId()));
        if (delivery.retriesInsteadOf(response.statusCode())) {
            end(null, null);
            if (delivery.keptBody() != null) {
                exchange.request().pause();
            }
            response.exceptionHandler(dropped -> {}); // the reset's echo; Vert.x would log it as an error
            response.request().reset(UpstreamFailure.CANCEL);
            delivery.retryInstead(target);
            return;
        }
        boundBy(switches ? delivery.end().attempts() : delivery.end().nanos());
        await(timeouts().idle());
        if (upgrade != null && switches) {
            tunnel = Tunnel.open(this, exchange, response, upgrade);
        } else {
            new ResponseBody(this, exchange, response).stream();
        }
    }

    /** Runs after what the event loop has already read has been handled. */
    void later(Runnable action) {
        delivery.context().runOnContext(next -> action.run());
    }

    /** The side that was held up goes on, and has the whole time to do so. */
    void waitsOn() {
        if (!ended) {
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
        return ended;
    }

    @Override
    protected void expired() {
        boolean outOfTime = isOutOfTime();
        if (!outOfTime && body != null && body.awaitsContinue()) {
            body.proceed();
            return;
        }
        boolean overdue = outOfTime && tunnel == null && delivery.end().isOverdue();
        fail(UpstreamFailure.timedOut(outOfTime, overdue, body, exchange.response()));
    }

    /** The answer has been passed on, whole. */
    void succeed() {
        if (!ended) {
            end(null, null);
            delivery.leave();
            boolean refused = upgrade != null && tunnel == null;
            if (refused || (body != null && !body.isComplete())) {
                // Answered without having read all of it, or, to Vert.x, its end: this connection can carry nothing
                // else.
                resetUpstream();
            }
        }
    }

    /** What the client's library says while a request is under way. */
    void failed(Throwable cause) {
        GatewayError error = UpstreamFailure.whileExchanging(cause);
        cutOffCode = ended ? cutOffCode : UpstreamFailure.codePassedOn(cause);
        HttpClientRequest request = upstreamRequest;
        // An attempt that was answered, if only with a head, has itself proven its connection.
        boolean stale = record.status() == 0
                && request != null
                && client.wasProven(request.connection())
                && UpstreamFailure.isBeforeProcessing(cause);
        fail(error, stale);
    }

    void fail(GatewayError error) {
        fail(error, false);
    }

    private void fail(GatewayError error, boolean staleConnection) {
        if (ended) {
            return;
        }
        end(error.kind(), staleConnection ? null : error.kind());
        if (exchange.response().headWritten() || UpstreamFailure.isCancelledCall(cutOffCode, exchange)) {
            // No time or place for a status: what the client is told is that the answer is not whole (RFC 9112 section
            // 8).
            delivery.leave();
            exchange.failed(error);
            breakOff();
            return;
        }
        resetUpstream();
        if (delivery.keptBody() != null) {
            // Not one byte may be lost before another attempt takes over.
            exchange.request().pause();
        }
        delivery.attemptFailed(target, error, staleConnection);
    }

    private void breakOff() {
        if (tunnel != null) {
            tunnel.close();
        } else {
            resetUpstream();
            BrokenAnswer.cutOff(exchange, cutOffCode);
        }
    }

    /** The client is gone. */
    void abandon() {
        if (!ended) {
            end(ErrorKind.CLIENT_GONE, null);
            resetUpstream();
        }
    }

    /** @param blamed what of it the upstream is to blame for */
    private void end(@Nullable ErrorKind failure, @Nullable ErrorKind blamed) {
        ended = true;
        cancel();
        record.end(System.nanoTime(), failure);
        delivery.pool().ended(target, client, record.status(), blamed);
    }

    AttemptRecord record() {
        return record;
    }

    private void resetUpstream() {
        if (upstreamRequest != null) {
            upstreamRequest.reset(UpstreamFailure.CANCEL);
        }
    }
}

package dev.clew.proxy;

import dev.clew.answer.HeaderEditing;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcCall;
import dev.clew.tenant.Timeouts;
import dev.clew.upstream.Dispatch;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request under way: sent once, its answer read and thrown away. It may outlive the request, whose connection may
 * then serve another one or be gone, so that all of its head is taken at the beginning.
 */
final class Copy extends BoundedWait {

    private final Mirroring mirroring;
    private final Exchange exchange;
    private final Dispatch dispatch;
    private final AttemptRecord record;
    private final MultiMap headers = HeadersMultiMap.httpHeaders();
    private final Buffer body;
    private final Timeouts timeouts;
    private final long endNanos;

    private @Nullable HttpClientRequest upstreamRequest;
    private boolean ended;

    Copy(Mirroring mirroring, Dispatch dispatch, Buffer body) {
        super(
                mirroring.request().exchange().loop().deadlines(),
                new HeldBytes(mirroring.request()),
                RequestEnd.NEVER,
                timeouts(mirroring).attempt());
        this.mirroring = mirroring;
        this.exchange = mirroring.request().exchange();
        this.dispatch = dispatch;
        this.record = new AttemptRecord(
                mirroring.with().ids().spanId(), dispatch.target().endpoint(), System.nanoTime(), false);
        this.body = body;
        this.timeouts = timeouts(mirroring);
        this.endNanos = RequestEnd.after(System.nanoTime(), timeouts.request());
    }

    private static Timeouts timeouts(Mirroring mirroring) {
        return mirroring.pool().upstream().connections().timeouts();
    }

    void begin() {
        try {
            fillHeaders();
            await(timeouts.connect());
            dispatch.client()
                    .request(
                            OutboundRequest.options(mirroring.request(), mirroring.forward(), dispatch.target(), timeouts),
                            guarded(this::connected));
        } catch (RuntimeException fault) {
            fail(UpstreamFailure.ofTheGateway(fault).kind());
        }
    }

    private void fillHeaders() {
        mirroring
                .with()
                .headers()
                .copy(mirroring.request(), mirroring.pool().upstream().propagate(), record.spanId(), headers);
        HeaderEditing.apply(mirroring.forward().headers(), headers);
        // The body is there.
        headers.remove(HttpHeaders.EXPECT);
        if (exchange.head().hasBody()) {
            headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        } else {
            OutboundRequest.sayEmpty(exchange.request(), headers);
        }
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (ended) {
            if (connection.succeeded()) {
                OutboundRequest.giveUp(connection.result());
            }
        } else if (connection.failed()) {
            fail(UpstreamFailure.whileConnecting(connection.cause()).kind());
        } else {
            upstreamRequest = connection.result();
            record.connected(upstreamRequest.connection(), upstreamRequest.version());
            send(upstreamRequest);
        }
    }

    /** A copy is nothing to wait for, but its place is to be given back. */
    private <T> Handler<T> guarded(Handler<T> handler) {
        return Guard.around(
                handler, fault -> fail(UpstreamFailure.ofTheGateway(fault).kind()));
    }

    private void send(HttpClientRequest request) {
        request.headers().addAll(headers);
        OutboundRequest.fitToHttp2(request, exchange);
        request.exceptionHandler(guarded(this::failed));
        countInterim(request);
        request.response().onComplete(guarded(this::answered));
        await(timeouts.response());
        if (body.length() > 0) {
            request.end(body);
        } else {
            request.end();
        }
    }

    private void countInterim(HttpClientRequest request) {
        InterimResponses interim = new InterimResponses(
                request, () -> fail(UpstreamFailure.tooManyInterim().kind()));
        request.continueHandler(guarded(any -> interim.allowsOneMore()));
        request.earlyHintsHandler(guarded(any -> interim.allowsOneMore()));
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
        dispatch.client().proven(response.request().connection());
        if (!UpstreamFailure.isPassedOn(response)) {
            fail(UpstreamFailure.notPassedOn().kind());
            return;
        }
        record.answered(
                response.statusCode(),
                TraceAnswers.in(response.headers(), exchange.trace().traceId()));
        boundBy(endNanos);
        // For all that is left of the answer: one without end is not to keep the place.
        await(timeouts.idle());
        response.exceptionHandler(guarded(this::failed));
        response.endHandler(guarded(end -> {
            record.grpcEnded(GrpcCall.statusOf(exchange.request(), response));
            end(null);
        }));
    }

    @Override
    protected void expired() {
        dispatch.client().wasLate(upstreamRequest);
        fail(upstreamRequest == null ? ErrorKind.CONNECT_TIMEOUT : ErrorKind.RESPONSE_TIMEOUT);
    }

    private void failed(Throwable cause) {
        fail(UpstreamFailure.whileExchanging(cause).kind());
    }

    @Override
    void fail(GatewayError error) {
        fail(error.kind());
    }

    private void fail(ErrorKind failure) {
        if (!ended) {
            end(failure);
            if (upstreamRequest != null) {
                OutboundRequest.giveUp(upstreamRequest);
            }
        }
    }

    private void end(@Nullable ErrorKind failure) {
        if (ended) {
            return;
        }
        ended = true;
        cancel();
        held().release();
        // An answer that has begun and takes too long says nothing about an address, since nobody waits for it.
        ErrorKind blamed = record.status() == 0 ? failure : null;
        dispatch.ended(record.status(), record.grpcStatus(), blamed);
        mirroring.ended(record, failure);
    }
}

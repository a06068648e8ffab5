package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.upstream.Dispatch;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a mirror request: sent once, its response read and discarded. It may outlive the mirrored request,
 * whose connection may then carry another request or be closed; the entire head is therefore captured at the beginning.
 */
final class MirrorRequest extends OutboundRequest {

    private final Mirroring mirroring;
    private final MultiMap fields = HeadersMultiMap.httpHeaders();
    private final Buffer body;
    private final long endNanos;

    MirrorRequest(Mirroring mirroring, Dispatch dispatch, Buffer body) {
        super(
                mirroring,
                dispatch,
                new AttemptRecord(
                        mirroring.with().ids().spanId(), dispatch.target().endpoint(), System.nanoTime(), false),
                new HeldBytes(mirroring.request()),
                RequestDeadlines.NEVER);
        this.mirroring = mirroring;
        this.body = body;
        this.endNanos = RequestDeadlines.after(System.nanoTime(), timeouts().request());
    }

    void begin() {
        try {
            captureFields();
            connect();
        } catch (RuntimeException fault) {
            stepFailed(fault);
        }
    }

    private void captureFields() {
        fillFields(fields);
        // The body is complete; there is nothing to wait for.
        fields.remove(HttpHeaders.EXPECT);
        if (exchange().head().hasBody()) {
            fields.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        } else {
            RequestFraming.declareEmpty(exchange().request(), fields);
        }
    }

    @Override
    void fillHead(HttpClientRequest to) {
        to.headers().addAll(fields);
    }

    @Override
    void send(HttpClientRequest to) {
        countInterim(to);
        await(timeouts().response());
        if (body.length() > 0) {
            to.end(body);
        } else {
            to.end();
        }
    }

    private void countInterim(HttpClientRequest to) {
        InterimResponses interim = new InterimResponses(to, () -> fail(UpstreamFailure.tooManyInterim()));
        to.continueHandler(guarded(any -> interim.allowsOneMore()));
        to.earlyHintsHandler(guarded(any -> interim.allowsOneMore()));
    }

    @Override
    void receive(HttpClientResponse response) {
        boundBy(endNanos);
        // For the entire rest: an endless response must not keep its permit.
        await(timeouts().idle());
        response.exceptionHandler(guarded(this::failed));
        response.endHandler(guarded(end -> {
            record().grpcEnded(GrpcProtocol.statusOf(exchange().request(), response));
            finish(null);
        }));
    }

    @Override
    protected void expired() {
        reportTimeout();
        fail(upstreamRequest() == null ? ErrorKind.CONNECT_TIMEOUT : ErrorKind.RESPONSE_TIMEOUT);
    }

    @Override
    void failed(Throwable cause) {
        fail(UpstreamFailure.whileExchanging(cause));
    }

    /** Ends the mirror request, so that its permit is released. */
    @Override
    void stepFailed(RuntimeException fault) {
        fail(UpstreamFailure.ofTheGateway(fault));
    }

    @Override
    void fail(GatewayError error) {
        fail(error.kind());
    }

    private void fail(ErrorKind failure) {
        if (!isEnded()) {
            finish(failure);
            cancelUpstream();
        }
    }

    private void finish(@Nullable ErrorKind failure) {
        if (isEnded()) {
            return;
        }
        held().release();
        // A slow rest of a response does not count against the endpoint, since no client waits for it.
        end(failure, record().status() == 0 ? failure : null);
        mirroring.ended(record());
    }
}

package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.upstream.Dispatch;
import dev.clew.upstream.client.UpstreamRequest;
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a mirror request: sent once, its response read and discarded. It may outlive the mirrored request,
 * whose connection may then carry another request or be closed; the entire head is therefore captured at the beginning.
 */
final class MirrorRequest extends OutboundRequest implements UpstreamResponse.Body {

    private final Mirroring mirroring;
    private final MultiMap fields = HeadersMultiMap.httpHeaders();
    private final Buffer body;
    private final long endNanos;
    private @Nullable InterimResponses interim;
    private @Nullable UpstreamResponse response;

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
    boolean upgrades() {
        return false;
    }

    @Override
    void fillHead(UpstreamRequest to) {
        to.headers().addAll(fields);
    }

    @Override
    void send(UpstreamRequest to) {
        interim = new InterimResponses(to, () -> fail(UpstreamFailure.tooManyInterim()));
        await(timeouts().response());
        if (body.length() > 0) {
            to.end(body);
        } else {
            to.end();
        }
    }

    @Override
    public void continued() {
        if (interim != null) {
            interim.allowsOneMore();
        }
    }

    @Override
    public void hinted(MultiMap hints) {
        continued();
    }

    @Override
    void receive(UpstreamResponse head) {
        response = head;
        boundBy(endNanos);
        // For the entire rest: an endless response must not keep its permit.
        await(timeouts().idle());
        head.body(this);
    }

    @Override
    public void received(Buffer chunk) {}

    @Override
    public void caughtUp() {}

    @Override
    public void ended() {
        if (response != null) {
            record().grpcEnded(GrpcProtocol.statusOf(
                    exchange().request(), response.version(), response.headers(), response.trailers()));
        }
        finish(null);
    }

    @Override
    protected void expired() {
        reportTimeout();
        fail(upstreamRequest() == null ? ErrorKind.CONNECT_TIMEOUT : ErrorKind.RESPONSE_TIMEOUT);
    }

    @Override
    public void failed(Throwable cause) {
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

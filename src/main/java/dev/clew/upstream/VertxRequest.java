package dev.clew.upstream;

import dev.clew.listener.ConnectionClose;
import dev.clew.upstream.client.ResponseReceiver;
import dev.clew.upstream.client.UpstreamRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that Vert.x's client carries. */
@SuppressWarnings("FutureReturnValueIgnored") // Vert.x reports failures to the request's handlers as well
final class VertxRequest implements UpstreamRequest {

    /** The HTTP/2 error code (RFC 9113 section 7); HTTP/1 closes the connection instead. */
    static final long CANCEL = 8;

    private final LoopClient client;
    private final HttpClientRequest request;
    private final ResponseReceiver receiver;

    private VertxRequest(LoopClient client, HttpClientRequest request, ResponseReceiver receiver) {
        this.client = client;
        this.request = request;
        this.receiver = receiver;
    }

    /** Passes the receiver a request on an established connection, or the reason for having none. */
    static void opened(LoopClient client, AsyncResult<HttpClientRequest> opened, ResponseReceiver receiver) {
        try {
            if (opened.failed()) {
                receiver.unconnected(opened.cause());
            } else {
                VertxRequest made = new VertxRequest(client, opened.result(), receiver);
                made.listen();
                receiver.connected(made);
            }
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        }
    }

    private void listen() {
        try {
            request.exceptionHandler(guarded(receiver::failed));
            request.continueHandler(guarded(any -> receiver.continued()));
            request.earlyHintsHandler(guarded(receiver::hinted));
            request.response().onComplete(guarded(this::responded));
        } catch (RuntimeException fault) {
            // The receiver does not know it yet, and could not return its connection.
            reset();
            throw fault;
        }
    }

    /** Wraps a handler: Vert.x only logs what a handler throws. */
    <T> Handler<T> guarded(Handler<T> handler) {
        return event -> {
            try {
                handler.handle(event);
            } catch (RuntimeException fault) {
                receiver.broke(fault);
            }
        };
    }

    private void responded(AsyncResult<HttpClientResponse> head) {
        if (head.failed()) {
            receiver.failed(head.cause());
            return;
        }
        client.responded(request.connection());
        receiver.responded(new VertxResponse(this, head.result(), receiver));
    }

    @Override
    public HttpVersion version() {
        return request.version();
    }

    @Override
    public @Nullable SocketAddress peer() {
        return request.connection().remoteAddress();
    }

    @Override
    public boolean hasResponded() {
        return client.hasResponded(request.connection());
    }

    @Override
    public MultiMap headers() {
        return request.headers();
    }

    @Override
    public void authority(HostAndPort authority) {
        request.authority(authority);
    }

    @Override
    public void chunked() {
        request.setChunked(true);
    }

    @Override
    public void sendHead() {
        request.sendHead();
    }

    @Override
    public void write(Buffer chunk) {
        request.write(chunk);
    }

    @Override
    public void end() {
        request.end();
    }

    @Override
    public void end(Buffer last) {
        request.end(last);
    }

    @Override
    public void upgrade() {
        request.connect();
    }

    @Override
    public boolean isQueueFull() {
        return request.writeQueueFull();
    }

    @Override
    public void drainHandler(Handler<Void> drained) {
        request.drainHandler(guarded(drained));
    }

    @Override
    public void reset() {
        try {
            request.reset(CANCEL);
        } catch (RuntimeException fault) {
            ConnectionClose.abort(request.connection());
            return;
        }
        boolean shared = request.version() == HttpVersion.HTTP_2;
        // Unsent bytes of an HTTP/1 request are useless; on a shared connection, other requests must be sent first.
        ConnectionClose.abortUnlessSent(request.connection(), shared ? ConnectionClose.PATIENCE : Duration.ZERO);
    }

    @Override
    public void timedOut() {
        client.timedOut(request);
    }

    @Override
    public void cancelled() {
        client.cancelled(request);
    }
}

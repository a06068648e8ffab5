package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.filter.HeaderEditing;
import dev.clew.listener.ConnectionClose;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.Timeouts;
import dev.clew.upstream.Dispatch;
import dev.clew.upstream.Target;
import dev.clew.upstream.UpstreamPool;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one endpoint, of a request or its mirror: connect, send, await the response head. At any time it waits
 * for exactly one event, with that event's timeout.
 */
abstract class OutboundRequest extends BoundedWait {

    /** The source of an outbound request, as directed to one upstream. */
    interface Origin {

        RoutedRequest request();

        Action.Forward forward();

        UpstreamPool pool();

        RequestHeaders headers();
    }

    private final Origin origin;
    private final Dispatch dispatch;
    private final AttemptRecord record;
    private final Timeouts timeouts;
    private @Nullable HttpClientRequest upstreamRequest;
    private boolean ended;

    /** @param endNanos the deadline in {@link System#nanoTime} time, or {@link RequestDeadlines#NEVER} */
    OutboundRequest(Origin origin, Dispatch dispatch, AttemptRecord record, HeldBytes held, long endNanos) {
        super(
                origin.request().exchange().loop().deadlines(),
                held,
                endNanos,
                timeouts(origin).attempt());
        this.origin = origin;
        this.dispatch = dispatch;
        this.record = record;
        this.timeouts = timeouts(origin);
    }

    private static Timeouts timeouts(Origin origin) {
        return origin.pool().upstream().connections().timeouts();
    }

    final RoutedRequest request() {
        return origin.request();
    }

    final Exchange exchange() {
        return origin.request().exchange();
    }

    final Dispatch dispatch() {
        return dispatch;
    }

    final AttemptRecord record() {
        return record;
    }

    final Timeouts timeouts() {
        return timeouts;
    }

    final boolean isEnded() {
        return ended;
    }

    /** Fills in the request head for this connection. */
    abstract void fillHead(HttpClientRequest to);

    /** Completes the head and sends the body. */
    abstract void send(HttpClientRequest to);

    /** Processes a response whose head can be forwarded. */
    abstract void receive(HttpClientResponse response);

    /** Ends the request with an error that the HTTP client reported during the exchange. */
    abstract void failed(Throwable cause);

    /** Ends the request after a step that threw. */
    abstract void stepFailed(RuntimeException fault);

    /** Wraps a handler as {@link Guard#around} does; an exception ends this request. */
    final <T> Handler<T> guarded(Handler<T> handler) {
        return Guard.around(handler, this::stepFailed);
    }

    final void connect() {
        await(timeouts.connect());
        dispatch.client()
                .request(options(request(), origin.forward(), dispatch.target(), timeouts), guarded(this::connected));
    }

    private static RequestOptions options(
            RoutedRequest request, Action.Forward forward, Target target, Timeouts timeouts) {
        Endpoint endpoint = target.endpoint();
        String path = endpoint.basePath() + forward.path().apply(request.path());
        String query = request.query();
        return new RequestOptions()
                .setConnectTimeout(timeouts.connect().toMillis())
                .setMethod(request.exchange().request().method())
                .setServer(target.address())
                .setHost(target.serverName())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls())
                .setURI(query == null ? path : path + '?' + query);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (ended) {
            if (connection.succeeded()) {
                reset(connection.result());
            }
        } else if (connection.failed()) {
            fail(UpstreamFailure.whileConnecting(connection.cause()));
        } else {
            HttpClientRequest to = connection.result();
            upstreamRequest = to;
            record.connected(to.connection(), to.version(), dispatch.client().hasResponded(to.connection()));
            fillHead(to);
            RequestFraming.fitToHttp2(to, exchange());
            to.exceptionHandler(guarded(this::failed));
            to.response().onComplete(guarded(this::responded));
            send(to);
        }
    }

    /** Fills in the header fields, except those that frame the body. */
    final void fillFields(MultiMap to) {
        origin.headers().copy(request(), origin.pool().upstream().propagate(), record.spanId(), to);
        HeaderEditing.apply(origin.forward().headers(), to);
    }

    private void responded(AsyncResult<HttpClientResponse> head) {
        if (ended) {
            return;
        }
        if (head.failed()) {
            failed(head.cause());
            return;
        }
        HttpClientResponse response = head.result();
        dispatch.client().responded(response.request().connection());
        if (!isForwardable(response)) {
            fail(UpstreamFailure.notForwardable());
            return;
        }
        record.responded(
                response.statusCode(),
                TraceResponses.read(response.headers(), exchange().trace().traceId()));
        dispatch.responded(response.statusCode());
        receive(response);
    }

    boolean isForwardable(HttpClientResponse response) {
        return UpstreamFailure.isForwardable(response);
    }

    /** Returns the HTTP client's request; null before the connection is established. */
    final @Nullable HttpClientRequest upstreamRequest() {
        return upstreamRequest;
    }

    /** Reports a timeout, after which the upstream connection may be unusable. */
    final void reportTimeout() {
        dispatch.client().timedOut(upstreamRequest);
    }

    /**
     * Ends the request, whatever its outcome. Must be called once.
     *
     * @param failure the error; null for success
     * @param blamed the error that counts against the upstream; null for none
     */
    final void end(@Nullable ErrorKind failure, @Nullable ErrorKind blamed) {
        ended = true;
        cancel();
        record.end(System.nanoTime(), failure);
        dispatch.ended(record.status(), record.grpcStatus(), blamed);
    }

    final void cancelUpstream() {
        if (upstreamRequest != null) {
            reset(upstreamRequest);
        }
    }

    /**
     * Aborts the request without waiting for an upstream that does not read: HTTP/1 closes the connection, HTTP/2
     * resets the stream.
     */
    private static void reset(HttpClientRequest request) {
        try {
            request.reset(UpstreamFailure.CANCEL);
        } catch (RuntimeException fault) {
            ConnectionClose.abort(request.connection());
            return;
        }
        boolean shared = request.version() == HttpVersion.HTTP_2;
        // Unsent bytes of an HTTP/1 request are useless; on a shared connection, other requests must be sent first.
        ConnectionClose.abortUnlessSent(request.connection(), shared ? ConnectionClose.PATIENCE : Duration.ZERO);
    }
}

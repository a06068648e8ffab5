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
 * One try at one endpoint, of a request or of a copy of it: connect, send, wait for the head of the response. At any
 * moment exactly one thing is waited for, and the deadline is that thing's.
 */
abstract class OutboundRequest extends BoundedWait {

    /** The source of a request: the client's, as it goes to one upstream. */
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

    /** @param endNanos by when it is to have ended, as {@link System#nanoTime} counts, or {@link RequestDeadlines#NEVER} */
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

    /** Fills in the head that goes out on this connection. */
    abstract void fillHead(HttpClientRequest to);

    /** Sends what is left to be said in the head, and the body. */
    abstract void send(HttpClientRequest to);

    /** Takes the response, whose head can be passed on. */
    abstract void receive(HttpClientResponse response);

    /** Ends it by what the client's library says while a request is under way. */
    abstract void failed(Throwable cause);

    /** Ends it after a step that threw. */
    abstract void stepFailed(RuntimeException fault);

    /** As {@link Guard#around}: whatever the handler throws ends this request, and nobody waits for it. */
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
            record.connected(to.connection(), to.version());
            fillHead(to);
            RequestFraming.fitToHttp2(to, exchange());
            to.exceptionHandler(guarded(this::failed));
            to.response().onComplete(guarded(this::responded));
            send(to);
        }
    }

    /** Fills in all fields but those that frame the body. */
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
        record.answered(
                response.statusCode(),
                TraceResponses.read(response.headers(), exchange().trace().traceId()));
        dispatch.responded(response.statusCode());
        receive(response);
    }

    boolean isForwardable(HttpClientResponse response) {
        return UpstreamFailure.isForwardable(response);
    }

    /** Null before there is a connection. */
    final @Nullable HttpClientRequest upstreamRequest() {
        return upstreamRequest;
    }

    /** Something was waited for in vain: if it was the upstream's, its connection may be of no use. */
    final void reportTimeout() {
        dispatch.client().timedOut(upstreamRequest);
    }

    /**
     * To be called once, however it ended.
     *
     * @param blamed what of the failure the upstream is to blame for
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
     * Ends it, whole or not, without waiting for an upstream that does not read: in HTTP/1 its connection, in HTTP/2
     * its stream.
     */
    private static void reset(HttpClientRequest request) {
        try {
            request.reset(UpstreamFailure.CANCEL);
        } catch (RuntimeException fault) {
            ConnectionClose.abort(request.connection());
            return;
        }
        boolean shared = request.version() == HttpVersion.HTTP_2;
        // What has not left of an HTTP/1 request is of no use to anybody; others' requests have to leave first.
        ConnectionClose.abortUnlessSent(request.connection(), shared ? ConnectionClose.PATIENCE : Duration.ZERO);
    }
}

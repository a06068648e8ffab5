package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.filter.HeaderEditing;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.upstream.Timeouts;
import dev.clew.upstream.Dispatch;
import dev.clew.upstream.UpstreamPool;
import dev.clew.upstream.client.ResponseReceiver;
import dev.clew.upstream.client.UpstreamRequest;
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one endpoint, of a request or its mirror: connect, send, await the response head. At any time it waits
 * for exactly one event, with that event's timeout.
 */
abstract class OutboundRequest extends BoundedWait implements ResponseReceiver {

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
    private @Nullable UpstreamRequest upstreamRequest;
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

    /** Returns whether the connection may change its protocol. */
    abstract boolean upgrades();

    /** Fills in the request head for this connection. */
    abstract void fillHead(UpstreamRequest to);

    /** Completes the head and sends the body. */
    abstract void send(UpstreamRequest to);

    /** Processes a response whose head can be forwarded. */
    abstract void receive(UpstreamResponse response);

    /** Ends the request after a step that threw. */
    abstract void stepFailed(RuntimeException fault);

    /** Wraps a handler as {@link Guard#around} does; an exception ends this request. */
    final <T> Handler<T> guarded(Handler<T> handler) {
        return Guard.around(handler, this::stepFailed);
    }

    final void connect() {
        await(timeouts.connect());
        String base = dispatch.target().endpoint().basePath();
        String path = base + origin.forward().path().apply(request().path());
        String query = request().query();
        dispatch.client()
                .request(exchange().request().method(), query == null ? path : path + '?' + query, upgrades(), this);
    }

    @Override
    public final void connected(UpstreamRequest to) {
        if (ended) {
            to.reset();
            return;
        }
        upstreamRequest = to;
        record.connected(to.peer(), to.version(), to.hasResponded());
        fillHead(to);
        RequestFraming.fitToHttp2(to, exchange());
        send(to);
    }

    @Override
    public final void unconnected(Throwable cause) {
        if (!ended) {
            fail(UpstreamFailure.whileConnecting(cause));
        }
    }

    /** Fills in the header fields, except those that frame the body. */
    final void fillFields(MultiMap to) {
        origin.headers().copy(request(), origin.pool().upstream().propagate(), record.spanId(), to);
        HeaderEditing.apply(origin.forward().headers(), to);
    }

    @Override
    public final void responded(UpstreamResponse response) {
        if (ended) {
            return;
        }
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

    boolean isForwardable(UpstreamResponse response) {
        return UpstreamFailure.isForwardable(response);
    }

    @Override
    public final void broke(RuntimeException fault) {
        Guard.report(fault);
        stepFailed(fault);
    }

    /** Returns the request to the upstream; null before the connection is established. */
    final @Nullable UpstreamRequest upstreamRequest() {
        return upstreamRequest;
    }

    /** Reports a timeout, after which the upstream connection may be unusable. */
    final void reportTimeout() {
        if (upstreamRequest != null) {
            upstreamRequest.timedOut();
        }
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
            upstreamRequest.reset();
        }
    }
}

package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.UnreadBody;
import dev.clew.filter.LimitFilter;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.trace.context.IdSource;
import dev.clew.upstream.Dispatch;
import dev.clew.upstream.Target;
import dev.clew.upstream.UpstreamPool;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The processing of one request up to its response: holds the upstream permit from the first attempt to the last, and
 * decides on retries.
 */
final class Delivery implements OutboundRequest.Origin {

    private static final long NO_TIMER = -1;

    private final RoutedRequest request;
    private final Exchange exchange;
    private final UpstreamPool pool;
    private final Action.Forward forward;
    private final RequestHeaders headers;
    private final IdSource ids;
    private final @Nullable Mirroring mirroring;
    private final Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    private final UpstreamPermit permit;

    /** Created lazily: most requests need none. */
    private @Nullable Retries retries;

    private final RequestDeadlines end;
    private final HeldBytes held;
    private @Nullable Target failed;
    private long backOffTimer = NO_TIMER;

    /** @param mirroring the request's mirroring; null if it is not mirrored */
    Delivery(
            RoutedRequest request,
            UpstreamPool pool,
            Action.Forward forward,
            RequestHeaders headers,
            IdSource ids,
            @Nullable Mirroring mirroring) {
        this.request = request;
        this.exchange = request.exchange();
        this.pool = pool;
        this.forward = forward;
        this.headers = headers;
        this.ids = ids;
        this.mirroring = mirroring;
        this.end = RequestDeadlines.of(request, pool.upstream().connections());
        this.held = new HeldBytes(request);
        this.permit = new UpstreamPermit(
                pool,
                context,
                held,
                guarded(granted -> attempt()),
                guarded(overloaded -> reject(overloaded ? LimitFilter.overloaded() : permitTimeout())));
    }

    @Override
    public RoutedRequest request() {
        return request;
    }

    Exchange exchange() {
        return exchange;
    }

    @Override
    public UpstreamPool pool() {
        return pool;
    }

    Context context() {
        return context;
    }

    @Override
    public Action.Forward forward() {
        return forward;
    }

    @Override
    public RequestHeaders headers() {
        return headers;
    }

    @Nullable BufferedBody bufferedBody() {
        return retries == null ? null : retries.kept();
    }

    @Nullable Mirroring mirroring() {
        return mirroring;
    }

    private RetryPolicy policy() {
        return pool.upstream().retry();
    }

    private Retries retries() {
        Retries made = retries;
        if (made == null) {
            made = new Retries(request, pool);
            retries = made;
        }
        return made;
    }

    RequestDeadlines end() {
        return end;
    }

    HeldBytes held() {
        return held;
    }

    void begin() {
        if (pool.circuit().rejects()) {
            reject(pool.reject());
            return;
        }
        if (Retries.buffersBody(exchange, policy())) {
            retries();
        }
        exchange.lifetime().onAbort(this::release);
        long patience = System.nanoTime()
                + pool.upstream().connections().timeouts().connect().toNanos();
        permit.acquire(exchange.loop().deadlines(), RequestDeadlines.earlier(patience, end.nanos()));
    }

    private <T> Handler<T> guarded(Handler<T> handler) {
        return Guard.around(handler, fault -> BrokenResponse.rescue(exchange, UpstreamFailure.ofTheGateway(fault)));
    }

    private GatewayError permitTimeout() {
        return end.isOverdue()
                ? UpstreamFailure.overdue()
                : GatewayError.of(ErrorKind.UPSTREAM_BUSY, "The service has no free connection for this request.");
    }

    private void reject(GatewayError error) {
        release();
        exchange.fail(error);
    }

    private void attempt() {
        Dispatch dispatch = pool.dispatch(exchange, failed);
        if (dispatch == null) {
            reject(pool.reject());
            return;
        }
        // The previous attempt's connection no longer reports that it drained.
        held.resume(HeldBytes.Direction.UPSTREAM);
        Attempt attempt = new Attempt(this, dispatch, ids.spanId());
        exchange.lifetime().onAbort(() -> {
            try {
                attempt.abort();
            } finally {
                release();
            }
        });
        attempt.connect();
    }

    /** Releases everything held. Called after the last attempt, and when the client disconnects. */
    void release() {
        if (retries != null) {
            retries.release();
        }
        held.release();
        if (mirroring != null) {
            mirroring.requestEnded();
        }
        if (backOffTimer != NO_TIMER) {
            context.owner().cancelTimer(backOffTimer);
        }
        permit.release();
    }

    /** Retries, or fails the request, after an attempt that failed before any byte of its response was forwarded. */
    void attemptFailed(Target target, GatewayError error, boolean staleConnection) {
        holdBody();
        Retries repeat = retries();
        repeat.end();
        if (staleConnection && repeat.beginAfterStaleConnection()) {
            attempt();
        } else if (!end.isOver() && repeat.beginAfter(error.kind())) {
            failed = target;
            retry();
        } else {
            release();
            exchange.fail(error);
        }
    }

    /**
     * Decides whether a retry replaces a response with this status. If so, {@link #retryAfterResponse} must begin it.
     */
    boolean tryRetryInsteadOf(int status) {
        return policy().retries(status) && retries().beginInsteadOf(status);
    }

    void retryAfterResponse(Target target) {
        holdBody();
        failed = target;
        retry();
    }

    /** Pauses the body, so that no byte is lost before the next attempt reads it. */
    private void holdBody() {
        if (bufferedBody() != null) {
            UnreadBody.hold(exchange);
        }
    }

    private void retry() {
        long wait = retries().backOff();
        if (wait == 0) {
            attempt();
            return;
        }
        exchange.lifetime().onAbort(this::release);
        Handler<Void> next = guarded(over -> endBackOff());
        backOffTimer = context.owner().setTimer(wait, timer -> next.handle(null));
    }

    private void endBackOff() {
        backOffTimer = NO_TIMER;
        if (end.isOver()) {
            release();
            exchange.fail(end.isOverdue() ? UpstreamFailure.overdue() : UpstreamFailure.outOfTime());
        } else if (permit.isHeld()) {
            attempt();
        }
    }
}

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
 * All that is done to get one request answered: its place at the upstream, which it keeps from the first attempt to the
 * last, and whether another attempt is made.
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

    /** Made when first needed: most requests need none. */
    private @Nullable Retries retries;

    private final RequestDeadlines end;
    private final HeldBytes held;
    private @Nullable Target failed;
    private long backOffTimer = NO_TIMER;

    /** @param mirroring what becomes of a copy of the request; null when it has none */
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
                guarded(overloaded -> refuse(overloaded ? LimitFilter.overloaded() : permitTimeout())));
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
            refuse(pool.reject());
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

    private void refuse(GatewayError error) {
        release();
        exchange.fail(error);
    }

    private void attempt() {
        Dispatch dispatch = pool.dispatch(exchange, failed);
        if (dispatch == null) {
            refuse(pool.reject());
            return;
        }
        // By the upstream of an attempt before, whose connection never tells that it takes more.
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

    /** Called once, when the last attempt has ended; also when the client went away. */
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

    /** An attempt failed before anything of its answer went to the client. */
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
     * Whether an answer with this status is dropped in favour of another attempt, which {@link #retryAfterResponse} then
     * begins.
     */
    boolean tryRetryInsteadOf(int status) {
        return policy().retries(status) && retries().beginInsteadOf(status);
    }

    void retryAfterResponse(Target target) {
        holdBody();
        failed = target;
        retry();
    }

    /** Not one byte may be lost before another attempt takes over. */
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

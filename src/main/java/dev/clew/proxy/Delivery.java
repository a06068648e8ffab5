package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Action;
import dev.clew.tenant.RetryPolicy;
import dev.clew.trace.context.IdSource;
import dev.clew.upstream.Target;
import dev.clew.upstream.UpstreamPool;
import dev.clew.upstream.Waiter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All that is done to get one request answered: its place at the upstream, which it keeps from the first attempt to the last,
 * and whether another attempt is made.
 */
final class Delivery extends Deadlines.Deadline implements Waiter {

    private static final long NO_TIMER = -1;

    private enum Place {
        NONE,
        WAITING,
        HELD,
        GIVEN_UP
    }

    private final Exchange exchange;
    private final UpstreamPool pool;
    private final Action.Forward forward;
    private final RequestHeaders headers;
    private final IdSource ids;
    private final @Nullable Mirroring mirroring;
    private final Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    /** Atomic, because a place is granted on the event loop of whoever left it. */
    private final AtomicReference<Place> place = new AtomicReference<>(Place.NONE);

    /** Made when first needed: most requests need none. */
    private @Nullable Retries retries;

    private final RequestEnd end;

    private @Nullable Target failed;
    private long backOffTimer = NO_TIMER;

    /** @param mirroring what becomes of a copy of the request; null when it has none */
    Delivery(
            Exchange exchange,
            UpstreamPool pool,
            Action.Forward forward,
            RequestHeaders headers,
            IdSource ids,
            @Nullable Mirroring mirroring) {
        this.exchange = exchange;
        this.pool = pool;
        this.forward = forward;
        this.headers = headers;
        this.ids = ids;
        this.mirroring = mirroring;
        this.end = RequestEnd.of(exchange, pool.upstream().connections());
    }

    Exchange exchange() {
        return exchange;
    }

    UpstreamPool pool() {
        return pool;
    }

    Context context() {
        return context;
    }

    Action.Forward forward() {
        return forward;
    }

    RequestHeaders headers() {
        return headers;
    }

    @Nullable KeptBody keptBody() {
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
            made = new Retries(exchange, pool);
            retries = made;
        }
        return made;
    }

    RequestEnd end() {
        return end;
    }

    void begin() {
        if (Retries.keepsBody(exchange, policy())) {
            retries();
        }
        exchange.onAbort(this::leave);
        if (pool.tryEnter()) {
            place.set(Place.HELD);
            attempt();
            return;
        }
        place.set(Place.WAITING);
        long patience = System.nanoTime()
                + pool.upstream().connections().timeouts().connect().toNanos();
        exchange.loop().deadlines().add(this, RequestEnd.earlier(patience, end.nanos()));
        if (!pool.tryWait(this)) {
            giveUp();
        }
    }

    @Override
    public boolean grant() {
        if (!place.compareAndSet(Place.WAITING, Place.HELD)) {
            return false;
        }
        context.runOnContext(granted -> {
            cancel();
            if (place.get() == Place.HELD) {
                attempt();
            }
        });
        return true;
    }

    @Override
    public boolean isWaiting() {
        return place.get() == Place.WAITING;
    }

    @Override
    protected void expired() {
        giveUp();
    }

    private void giveUp() {
        if (place.compareAndSet(Place.WAITING, Place.GIVEN_UP)) {
            cancel();
            exchange.fail(
                    end.isOverdue()
                            ? UpstreamFailure.overdue()
                            : GatewayError.of(
                                    ErrorKind.UPSTREAM_BUSY, "The service has no free connection for this request."));
        }
    }

    private void attempt() {
        Target target = pool.choose(exchange.request(), failed);
        Attempt attempt = new Attempt(this, target, exchange.beginAttempt(ids.spanId(), target.endpoint()));
        exchange.onAbort(() -> {
            attempt.abandon();
            leave();
        });
        attempt.begin();
    }

    /** Called once, when the last attempt has ended; also when the client went away. */
    void leave() {
        cancel();
        if (retries != null) {
            retries.end();
        }
        if (mirroring != null) {
            mirroring.leave();
        }
        if (backOffTimer != NO_TIMER) {
            context.owner().cancelTimer(backOffTimer);
        }
        if (place.getAndSet(Place.GIVEN_UP) == Place.HELD) {
            pool.leave();
        }
    }

    /** An attempt failed before anything of its answer went to the client. */
    void attemptFailed(Target target, GatewayError error, boolean staleConnection) {
        Retries repeat = retries();
        repeat.end();
        if (staleConnection && repeat.beginAfterStaleConnection()) {
            attempt();
        } else if (!end.isOver() && repeat.beginAfter(error.kind())) {
            failed = target;
            retry();
        } else {
            leave();
            exchange.fail(error);
        }
    }

    /** Whether an answer with this status is dropped in favour of another attempt, which {@link #retryInstead} then begins. */
    boolean retriesInsteadOf(int status) {
        return policy().retries(status) && retries().beginInsteadOf(status);
    }

    void retryInstead(Target target) {
        failed = target;
        retry();
    }

    private void retry() {
        long wait = retries().backOff();
        if (wait == 0) {
            attempt();
            return;
        }
        exchange.onAbort(this::leave);
        backOffTimer = context.owner().setTimer(wait, over -> {
            backOffTimer = NO_TIMER;
            if (end.isOver()) {
                leave();
                exchange.fail(end.isOverdue() ? UpstreamFailure.overdue() : UpstreamFailure.outOfTime());
            } else if (place.get() == Place.HELD) {
                attempt();
            }
        });
    }
}

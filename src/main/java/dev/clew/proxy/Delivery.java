package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Action;
import dev.clew.tenant.RetryCondition;
import dev.clew.trace.context.IdSource;
import dev.clew.upstream.Target;
import dev.clew.upstream.UpstreamPool;
import dev.clew.upstream.Waiter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All that is done to get one request answered: its place at the upstream, which it keeps from the first attempt to the last,
 * and whether another attempt is made.
 */
final class Delivery extends Deadlines.Deadline implements Waiter {

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
    private final Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    /** Atomic, because a place is granted on the event loop of whoever left it. */
    private final AtomicReference<Place> place = new AtomicReference<>(Place.NONE);

    private boolean staleConnectionRetried;

    Delivery(Exchange exchange, UpstreamPool pool, Action.Forward forward, RequestHeaders headers, IdSource ids) {
        this.exchange = exchange;
        this.pool = pool;
        this.forward = forward;
        this.headers = headers;
        this.ids = ids;
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

    void begin() {
        exchange.onAbort(this::leave);
        if (pool.tryEnter()) {
            place.set(Place.HELD);
            attempt();
            return;
        }
        place.set(Place.WAITING);
        long patience = pool.upstream().timeouts().connect().toNanos();
        exchange.loop().deadlines().add(this, System.nanoTime() + patience);
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
                    GatewayError.of(ErrorKind.UPSTREAM_BUSY, "The service has no free connection for this request."));
        }
    }

    private void attempt() {
        Target target = pool.nextTarget();
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
        if (place.getAndSet(Place.GIVEN_UP) == Place.HELD) {
            pool.leave();
        }
    }

    /** An attempt failed before anything of its answer went to the client. */
    void attemptFailed(GatewayError error, boolean staleConnection) {
        if (staleConnection && !staleConnectionRetried && mayRepeat()) {
            staleConnectionRetried = true;
            attempt();
        } else if (retriesUnsent(error)) {
            attempt();
        } else {
            leave();
            exchange.fail(error);
        }
    }

    /** Nothing was sent, so any method may be repeated, and a paused body has not lost a byte. */
    private boolean retriesUnsent(GatewayError error) {
        boolean unsent = error.kind() == ErrorKind.UPSTREAM_UNREACHABLE || error.kind() == ErrorKind.CONNECT_TIMEOUT;
        return unsent && hasAttemptsLeft() && pool.upstream().retry().on().contains(RetryCondition.CONNECT_FAILURE);
    }

    /** Whether an answer with this status is to be dropped in favour of another attempt. */
    boolean retriesInsteadOf(int status) {
        return hasAttemptsLeft()
                && mayRepeat()
                && pool.upstream().retry().on().stream()
                        .anyMatch(condition -> condition.token().equals(Integer.toString(status)));
    }

    void retry() {
        attempt();
    }

    private boolean hasAttemptsLeft() {
        return exchange.attempts().size() < pool.upstream().retry().attempts();
    }

    /** RFC 9110 section 9.2.2: a proxy repeats only what is idempotent; and a body streams by only once. */
    private boolean mayRepeat() {
        HttpMethod method = exchange.request().method();
        return !exchange.head().hasBody()
                && (method.equals(HttpMethod.GET)
                        || method.equals(HttpMethod.HEAD)
                        || method.equals(HttpMethod.OPTIONS)
                        || method.equals(HttpMethod.TRACE)
                        || method.equals(HttpMethod.PUT)
                        || method.equals(HttpMethod.DELETE));
    }
}

package dev.clew.proxy;

import dev.clew.exchange.Deadlines;
import dev.clew.upstream.UpstreamPool;
import dev.clew.upstream.Waiter;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicReference;

/** One request's place at its upstream: waited for in line where need be, held from the first attempt to the last, given back once. */
final class Place extends Deadlines.Deadline implements Waiter {

    private enum State {
        NONE,
        WAITING,
        HELD,
        GIVEN_UP
    }

    private final UpstreamPool pool;
    private final Context context;
    private final Handler<Void> granted;
    private final Handler<Void> refused;
    /** Atomic, because a place is granted on the event loop of whoever left it. */
    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

    /**
     * A place that nobody has asked for yet.
     *
     * @param context where both handlers are called; neither may throw
     */
    Place(UpstreamPool pool, Context context, Handler<Void> granted, Handler<Void> refused) {
        this.pool = pool;
        this.context = context;
        this.granted = granted;
        this.refused = refused;
    }

    /**
     * Takes it, or waits for it.
     *
     * @param untilNanos as {@link System#nanoTime} counts
     */
    void take(Deadlines deadlines, long untilNanos) {
        if (pool.tryEnter()) {
            state.set(State.HELD);
            granted.handle(null);
            return;
        }
        state.set(State.WAITING);
        deadlines.add(this, untilNanos);
        if (!pool.tryWait(this)) {
            expired();
        }
    }

    @Override
    public boolean grant() {
        if (!state.compareAndSet(State.WAITING, State.HELD)) {
            return false;
        }
        context.runOnContext(here -> {
            cancel();
            if (isHeld()) {
                granted.handle(null);
            }
        });
        return true;
    }

    @Override
    public boolean isWaiting() {
        return state.get() == State.WAITING;
    }

    boolean isHeld() {
        return state.get() == State.HELD;
    }

    @Override
    protected void expired() {
        if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            cancel();
            refused.handle(null);
        }
    }

    /** Gives it back, or up; may be called again. */
    void leave() {
        cancel();
        if (state.getAndSet(State.GIVEN_UP) == State.HELD) {
            pool.leave();
        }
    }
}

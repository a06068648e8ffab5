package dev.clew.proxy;

import dev.clew.exchange.Deadlines;
import dev.clew.upstream.PendingRequest;
import dev.clew.upstream.UpstreamPool;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request's place at its upstream: waited for in line where need be, held from the first attempt to the last, given
 * back once.
 */
final class UpstreamPermit extends Deadlines.Deadline implements PendingRequest {

    private enum State {
        NONE,
        WAITING,
        HELD,
        RELEASED
    }

    private final UpstreamPool pool;
    private final Context context;
    private final HeldBytes held;
    private final Handler<Void> granted;
    private final Handler<Boolean> refused;
    /** Atomic, because a place is granted on the event loop of whoever left it. */
    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

    /**
     * A place that nobody has asked for yet.
     *
     * @param context where both handlers are called; neither may throw
     * @param held what the request holds while it waits
     * @param refused told whether the tenant holds too much for it to wait on, or else its time is over
     */
    UpstreamPermit(
            UpstreamPool pool, Context context, HeldBytes held, Handler<Void> granted, Handler<Boolean> refused) {
        this.pool = pool;
        this.context = context;
        this.held = held;
        this.granted = granted;
        this.refused = refused;
    }

    /**
     * Takes it, or waits for it.
     *
     * @param untilNanos as {@link System#nanoTime} counts
     */
    void acquire(Deadlines deadlines, long untilNanos) {
        if (pool.tryAcquire()) {
            state.set(State.HELD);
            granted.handle(null);
            return;
        }
        state.set(State.WAITING);
        deadlines.add(this, untilNanos);
        if (!pool.tryQueue(this)) {
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
        cancelWait(false);
    }

    @Override
    protected void prolonged() {
        if (!held.charge()) {
            cancelWait(true);
        }
    }

    private void cancelWait(boolean overloaded) {
        if (state.compareAndSet(State.WAITING, State.RELEASED)) {
            cancel();
            refused.handle(overloaded);
        }
    }

    /** Gives it back, or up; may be called again. */
    void release() {
        cancel();
        if (state.getAndSet(State.RELEASED) == State.HELD) {
            pool.release();
        }
    }
}

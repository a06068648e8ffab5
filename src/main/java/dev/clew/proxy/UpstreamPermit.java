package dev.clew.proxy;

import dev.clew.exchange.Deadlines;
import dev.clew.upstream.PendingRequest;
import dev.clew.upstream.UpstreamPool;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request's permit of its upstream's pool: queued for if necessary, held from the first attempt to the last,
 * released once.
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
    private final Handler<Boolean> rejected;
    /** Atomic, because a permit is granted on the event loop of the request that released it. */
    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

    /**
     * Creates a permit that is not yet requested.
     *
     * @param context the context in which both handlers run; neither may throw
     * @param held the memory held while the request waits
     * @param rejected receives true if the tenant holds too much memory for the request to wait, false on timeout or if
     *     the queue is full
     */
    UpstreamPermit(
            UpstreamPool pool, Context context, HeldBytes held, Handler<Void> granted, Handler<Boolean> rejected) {
        this.pool = pool;
        this.context = context;
        this.held = held;
        this.granted = granted;
        this.rejected = rejected;
    }

    /**
     * Acquires the permit, or queues for it.
     *
     * @param untilNanos the deadline in {@link System#nanoTime} time
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
            rejected.handle(overloaded);
        }
    }

    /** Releases the permit or cancels the wait. Idempotent. */
    void release() {
        cancel();
        if (state.getAndSet(State.RELEASED) == State.HELD) {
            pool.release();
        }
    }
}

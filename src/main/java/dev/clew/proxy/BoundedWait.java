package dev.clew.proxy;

import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.filter.LimitFilter;
import dev.clew.tenant.upstream.Timeouts;
import java.time.Duration;

/** Waits for one thing after the other, for each as long as may be, and for all of them not beyond one moment. */
abstract class BoundedWait extends Deadlines.Deadline {

    private final Deadlines deadlines;
    private final HeldBytes held;
    private long bound;

    /**
     * Waits for nothing so far.
     *
     * @param held what is held while it waits
     * @param endNanos as {@link System#nanoTime} counts, or {@link RequestDeadlines#NEVER}
     */
    BoundedWait(Deadlines deadlines, HeldBytes held, long endNanos, Duration atMost) {
        this.deadlines = deadlines;
        this.held = held;
        this.bound = atMost.equals(Timeouts.UNBOUNDED) ? endNanos : earlier(endNanos, atMost);
    }

    private static long earlier(long bound, Duration atMost) {
        return RequestDeadlines.earlier(bound, System.nanoTime() + atMost.toNanos());
    }

    /** From now on only this one holds. */
    final void boundBy(long endNanos) {
        bound = endNanos;
    }

    /** Begins to wait for the next thing to happen. */
    final void await(Duration atMost) {
        deadlines.add(this, earlier(bound, atMost));
    }

    @Override
    protected final void prolonged() {
        if (!held.charge()) {
            failOverloaded();
        }
    }

    final HeldBytes held() {
        return held;
    }

    /** The tenant holds too much memory for this to go on. */
    final void failOverloaded() {
        fail(LimitFilter.overloaded());
    }

    abstract void fail(GatewayError error);

    final boolean isOutOfTime() {
        return RequestDeadlines.hasPassed(bound);
    }
}

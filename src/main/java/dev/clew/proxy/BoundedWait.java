package dev.clew.proxy;

import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.filter.LimitFilter;
import dev.clew.tenant.upstream.Timeouts;
import java.time.Duration;

/** A sequence of waits, each with its own timeout and all with a common deadline. */
abstract class BoundedWait extends Deadlines.Deadline {

    private final Deadlines deadlines;
    private final HeldBytes held;
    private long bound;

    /**
     * Creates a wait that has not begun.
     *
     * @param held the memory held during the wait
     * @param endNanos the deadline in {@link System#nanoTime} time, or {@link RequestDeadlines#NEVER}
     * @param atMost the maximum duration from now, or {@link Timeouts#UNBOUNDED}
     */
    BoundedWait(Deadlines deadlines, HeldBytes held, long endNanos, Duration atMost) {
        this.deadlines = deadlines;
        this.held = held;
        this.bound = atMost.equals(Timeouts.UNBOUNDED) ? endNanos : earlier(endNanos, atMost);
    }

    private static long earlier(long bound, Duration atMost) {
        return RequestDeadlines.earlier(bound, System.nanoTime() + atMost.toNanos());
    }

    /** Replaces the common deadline. */
    final void boundBy(long endNanos) {
        bound = endNanos;
    }

    /** Begins the next wait, in place of the current one. */
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

    /** Fails because the tenant holds too much memory. */
    final void failOverloaded() {
        fail(LimitFilter.overloaded());
    }

    abstract void fail(GatewayError error);

    final boolean isOutOfTime() {
        return RequestDeadlines.hasPassed(bound);
    }
}

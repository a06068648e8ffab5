package dev.clew.proxy;

import dev.clew.exchange.Deadlines;
import dev.clew.tenant.Timeouts;
import java.time.Duration;

/** Waits for one thing after the other, for each as long as may be, and for all of them not beyond one moment. */
abstract class BoundedWait extends Deadlines.Deadline {

    private final Deadlines deadlines;
    private long bound;

    /** @param endNanos as {@link System#nanoTime} counts, or {@link RequestEnd#NEVER} */
    BoundedWait(Deadlines deadlines, long endNanos, Duration atMost) {
        this.deadlines = deadlines;
        this.bound = atMost.equals(Timeouts.UNBOUNDED) ? endNanos : earlier(endNanos, atMost);
    }

    private static long earlier(long bound, Duration atMost) {
        return RequestEnd.earlier(bound, System.nanoTime() + atMost.toNanos());
    }

    /** From now on only this one holds. */
    final void boundBy(long endNanos) {
        bound = endNanos;
    }

    /** Begins to wait for the next thing to happen. */
    final void await(Duration atMost) {
        deadlines.add(this, earlier(bound, atMost));
    }

    final boolean isOutOfTime() {
        return RequestEnd.hasPassed(bound);
    }
}

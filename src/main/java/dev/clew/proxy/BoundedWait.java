package dev.clew.proxy;

import dev.clew.exchange.Deadlines;
import dev.clew.tenant.Timeouts;
import java.time.Duration;

/** Waits for one thing after the other, for each as long as may be, and for all of them not beyond one moment. */
abstract class BoundedWait extends Deadlines.Deadline {

    private final Deadlines deadlines;
    private long bound;

    /** @param endNanos as {@link System#nanoTime} counts, or {@link Delivery#NEVER} */
    BoundedWait(Deadlines deadlines, long endNanos, Duration atMost) {
        this.deadlines = deadlines;
        this.bound = atMost.equals(Timeouts.UNBOUNDED) ? endNanos : earlier(endNanos, atMost);
    }

    /** When something that begins now is to have ended, as {@link System#nanoTime} counts, or {@link Delivery#NEVER}. */
    static long endOf(Duration atMost) {
        return atMost.equals(Timeouts.UNBOUNDED) ? Delivery.NEVER : System.nanoTime() + atMost.toNanos();
    }

    private static long earlier(long bound, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        return bound != Delivery.NEVER && end - bound > 0 ? bound : end;
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
        return bound != Delivery.NEVER && System.nanoTime() - bound >= 0;
    }
}

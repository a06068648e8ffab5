package dev.clew.proxy;

import dev.clew.tenant.Timeouts;
import java.time.Duration;

/** Moments as {@link System#nanoTime} counts, {@link Delivery#NEVER} among them. */
final class EndTime {

    private EndTime() {}

    static long after(Duration atMost) {
        return atMost.equals(Timeouts.UNBOUNDED) ? Delivery.NEVER : System.nanoTime() + atMost.toNanos();
    }

    static long earlier(long one, long other) {
        if (one == Delivery.NEVER) {
            return other;
        }
        return other != Delivery.NEVER && one - other > 0 ? other : one;
    }
}

package dev.clew.auth;

import dev.clew.access.KeySource.Fetched;
import java.time.Duration;

/**
 * When a key set is fetched: at first at once, then before it is old, after failures soon and then less and less often, and in
 * between when a token names a key that is not known. Times are as {@link System#nanoTime} counts.
 */
final class FetchSchedule {

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int MOST_DOUBLINGS = 6;

    private final Fetched source;
    private long dueNanos;
    private long earliestNanos;
    private int failures;

    FetchSchedule(Fetched source, long nowNanos) {
        this.source = source;
        this.dueNanos = nowNanos;
        this.earliestNanos = nowNanos;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** Whether a key that is not known is reason enough. */
    boolean mayBegin(long nowNanos) {
        return nowNanos - earliestNanos >= 0;
    }

    void begun(long nowNanos) {
        earliestNanos = nowNanos + source.coolDown().toNanos();
    }

    void succeeded(long nowNanos) {
        failures = 0;
        dueNanos = nowNanos + source.refresh().toNanos();
    }

    void failed(long nowNanos) {
        long wait = FIRST_WAIT.toNanos() << Math.min(failures, MOST_DOUBLINGS);
        wait = Math.min(wait, Math.min(LONGEST_WAIT.toNanos(), source.refresh().toNanos()));
        failures++;
        dueNanos = nowNanos + wait;
    }
}

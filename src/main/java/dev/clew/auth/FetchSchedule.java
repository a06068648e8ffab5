package dev.clew.auth;

import dev.clew.access.KeySource.Fetched;
import java.time.Duration;

/**
 * The schedule of one key set's fetches: the first at once, then before the keys are outdated, after failures with
 * exponential back-off, and in between when a token names an unknown key. Times are those of {@link System#nanoTime}.
 */
final class FetchSchedule {

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int MAX_DOUBLINGS = 6;

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

    /** Returns whether an unknown key may cause a fetch now. */
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
        long wait = FIRST_WAIT.toNanos() << Math.min(failures, MAX_DOUBLINGS);
        wait = Math.min(wait, Math.min(LONGEST_WAIT.toNanos(), source.refresh().toNanos()));
        failures++;
        dueNanos = nowNanos + wait;
    }
}

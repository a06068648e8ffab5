package dev.clew.auth;

import dev.clew.access.KeySource.Fetched;
import java.time.Duration;

/**
 * The schedule of one key set's fetches: the first at once, then before the keys are outdated, after failures with
 * exponential back-off, and in between when a token names an unknown key. Times are those of {@link System#nanoTime}.
 */
record FetchSchedule(Fetched source, long dueNanos, long earliestNanos, int failures) {

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int MAX_DOUBLINGS = 6;

    FetchSchedule(Fetched source, long nowNanos) {
        this(source, nowNanos, nowNanos, 0);
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** Returns whether an unknown key may cause a fetch now. */
    boolean mayBegin(long nowNanos) {
        return nowNanos - earliestNanos >= 0;
    }

    FetchSchedule begun(long nowNanos) {
        return new FetchSchedule(source, dueNanos, nowNanos + source.coolDown().toNanos(), failures);
    }

    FetchSchedule succeeded(long nowNanos) {
        return new FetchSchedule(source, nowNanos + source.refresh().toNanos(), earliestNanos, 0);
    }

    FetchSchedule failed(long nowNanos) {
        long wait = FIRST_WAIT.toNanos() << Math.min(failures, MAX_DOUBLINGS);
        wait = Math.min(wait, Math.min(LONGEST_WAIT.toNanos(), source.refresh().toNanos()));
        return new FetchSchedule(source, nowNanos + wait, earliestNanos, failures + 1);
    }
}

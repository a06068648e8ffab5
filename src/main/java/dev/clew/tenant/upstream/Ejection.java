package dev.clew.tenant.upstream;

import java.time.Duration;

/**
 * When an address that fails requests gets none for a while.
 *
 * @param failures so many attempts that fail in a row (no connection, a reset, no answer in time) eject it; 0 for
 *     never, to 1000
 * @param serverErrors whether an answer with a status of 500 to 599 counts as a failure, too
 * @param time how long for; each time that follows soon takes twice as long
 * @param longest but never longer than this
 * @param atMost the share of all addresses that may be ejected together, 0 to 1, rounded down
 */
public record Ejection(int failures, boolean serverErrors, Duration time, Duration longest, double atMost) {

    public static final int MOST_FAILURES = 1000;
    public static final Ejection NEVER = new Ejection(0, false, Duration.ofSeconds(30), Duration.ofMinutes(5), 0.5);

    public Ejection {
        if (failures < 0 || failures > MOST_FAILURES) {
            throw new IllegalArgumentException("failures: " + failures + " (expected: 0 to " + MOST_FAILURES + ")");
        }
        if (!(atMost >= 0 && atMost <= 1)) {
            throw new IllegalArgumentException("at-most: " + atMost + " (expected: 0 to 1)");
        }
    }

    /** How long the nth ejection in a row lasts; n from 0. */
    public Duration time(int before) {
        Duration grown = time.multipliedBy(1L << Math.min(before, 20));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}

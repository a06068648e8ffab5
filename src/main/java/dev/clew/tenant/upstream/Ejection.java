package dev.clew.tenant.upstream;

import java.time.Duration;

/**
 * The outlier ejection of endpoints that fail requests.
 *
 * @param failures ejects an endpoint after this many consecutive failed attempts (no connection, a reset, no response
 *     in time); 0 for never, to 1000
 * @param serverErrors whether a response with a status of 500 to 599 counts as a failure
 * @param time the duration of the first ejection; each that follows soon lasts twice as long
 * @param longest the bound on the duration
 * @param atMost the share of all endpoints that may be ejected at once, 0 to 1, rounded down
 */
public record Ejection(int failures, boolean serverErrors, Duration time, Duration longest, double atMost) {

    public static final int MAX_FAILURES = 1000;
    public static final Ejection NEVER = new Ejection(0, false, Duration.ofSeconds(30), Duration.ofMinutes(5), 0.5);

    public Ejection {
        if (failures < 0 || failures > MAX_FAILURES) {
            throw new IllegalArgumentException("failures: " + failures + " (expected: 0 to " + MAX_FAILURES + ")");
        }
        if (!(atMost >= 0 && atMost <= 1)) {
            throw new IllegalArgumentException("at-most: " + atMost + " (expected: 0 to 1)");
        }
    }

    /**
     * Returns the duration of an ejection.
     *
     * @param before the number of ejections before it in a row, from 0
     */
    public Duration time(int before) {
        Duration grown = time.multipliedBy(1L << Math.min(before, 20));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}

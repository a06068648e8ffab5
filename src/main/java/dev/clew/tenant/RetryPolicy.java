package dev.clew.tenant;

import java.util.Set;

/**
 * Whether and when a request is sent once more.
 *
 * @param attempts tries in all, the first included; 1 (never retry) to 10
 * @param on the failures that lead to another try
 */
public record RetryPolicy(int attempts, Set<RetryCondition> on) {

    public static final int MAX_ATTEMPTS = 10;
    public static final RetryPolicy NONE = new RetryPolicy(1, Set.of());

    public RetryPolicy {
        on = Set.copyOf(on);
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 to " + MAX_ATTEMPTS + ")");
        }
    }
}

package dev.clew.tenant.upstream;

import java.time.Duration;
import java.util.Set;

/**
 * A request that the gateway sends to each of an upstream's addresses at intervals.
 *
 * @param path its target, with a leading slash
 * @param timeout until the answer's head
 * @param healthyAfter how many answers in a row make an unhealthy address healthy; 1 to 100
 * @param unhealthyAfter how many failures in a row make a healthy address unhealthy; 1 to 100
 * @param statuses that count as an answer; empty for 200 to 299
 */
public record HealthCheck(
        String path, Duration interval, Duration timeout, int healthyAfter, int unhealthyAfter, Set<Integer> statuses) {

    public static final int MOST_IN_A_ROW = 100;
    public static final Duration INTERVAL = Duration.ofSeconds(10);
    public static final Duration TIMEOUT = Duration.ofSeconds(1);
    public static final int HEALTHY_AFTER = 2;
    public static final int UNHEALTHY_AFTER = 3;

    public HealthCheck {
        statuses = Set.copyOf(statuses);
        check("healthy-after", healthyAfter);
        check("unhealthy-after", unhealthyAfter);
    }

    private static void check(String name, int count) {
        if (count < 1 || count > MOST_IN_A_ROW) {
            throw new IllegalArgumentException(name + ": " + count + " (expected: 1 to " + MOST_IN_A_ROW + ")");
        }
    }

    public boolean passes(int status) {
        return statuses.isEmpty() ? status / 100 == 2 : statuses.contains(status);
    }
}

package dev.clew.tenant.upstream;

import java.time.Duration;
import java.util.Set;

/**
 * An active health check: a request sent to each endpoint of an upstream at intervals.
 *
 * @param path the request target, with a leading slash
 * @param timeout until the response head
 * @param healthyAfter the number of consecutive successes that make an unhealthy endpoint healthy; 1 to 100
 * @param unhealthyAfter the number of consecutive failures that make a healthy endpoint unhealthy; 1 to 100
 * @param statuses the statuses that count as success; empty for 200 to 299
 */
public record HealthCheck(
        String path, Duration interval, Duration timeout, int healthyAfter, int unhealthyAfter, Set<Integer> statuses) {

    public static final int MAX_IN_A_ROW = 100;
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
        if (count < 1 || count > MAX_IN_A_ROW) {
            throw new IllegalArgumentException(name + ": " + count + " (expected: 1 to " + MAX_IN_A_ROW + ")");
        }
    }

    public boolean passes(int status) {
        return statuses.isEmpty() ? status / 100 == 2 : statuses.contains(status);
    }
}

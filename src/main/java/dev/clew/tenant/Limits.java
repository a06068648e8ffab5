package dev.clew.tenant;

/**
 * A tenant's share of the gateway.
 *
 * @param requestBody the largest request body in bytes, or {@link #UNLIMITED}
 * @param requestsPerSecond the most requests a second in the long run, 1 to 1000000, or {@link #UNLIMITED}
 * @param burst how many of them may come at once, 1 to 1000000; means nothing without a rate
 * @param concurrentRequests the most requests under way at once, 1 or more, or {@link #UNLIMITED}
 */
public record Limits(long requestBody, int requestsPerSecond, int burst, int concurrentRequests) {

    public static final int UNLIMITED = -1;
    public static final int MAX_RATE = 1_000_000;
    public static final Limits NONE = new Limits(UNLIMITED, UNLIMITED, 1, UNLIMITED);

    public Limits {
        if (requestBody < UNLIMITED) {
            throw new IllegalArgumentException("request-body: " + requestBody + " (expected: 0 or more bytes)");
        }
        if (requestsPerSecond != UNLIMITED) {
            require(requestsPerSecond, "requests-per-second");
        }
        require(burst, "burst");
        if (concurrentRequests != UNLIMITED && concurrentRequests < 1) {
            throw new IllegalArgumentException("concurrent-requests: " + concurrentRequests + " (expected: 1 or more)");
        }
    }

    private static void require(int value, String name) {
        if (value < 1 || value > MAX_RATE) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MAX_RATE + ")");
        }
    }
}

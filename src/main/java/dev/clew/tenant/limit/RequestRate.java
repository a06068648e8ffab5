package dev.clew.tenant.limit;

/**
 * The rate limit of a tenant's requests.
 *
 * @param perSecond the long-term rate, 1 to 1000000, or {@link Limits#UNLIMITED}
 * @param burst the number of requests admitted at once, 1 to 1000000; meaningless without a rate, as are the other
 *     parameters
 * @param shared whether the rate applies to all replicas of the gateway together
 * @param shown whether responses carry {@code RateLimit} header fields
 */
public record RequestRate(int perSecond, int burst, boolean shared, boolean shown) {

    public static final int MAX = 1_000_000;
    public static final RequestRate ANY = new RequestRate(Limits.UNLIMITED, 1, false, true);

    public RequestRate {
        if (perSecond != Limits.UNLIMITED) {
            require(perSecond, "requests-per-second");
        }
        require(burst, "burst");
    }

    private static void require(int value, String name) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MAX + ")");
        }
    }

    public boolean isLimited() {
        return perSecond != Limits.UNLIMITED;
    }

    public boolean isShared() {
        return shared && isLimited();
    }

    /**
     * Returns the item of {@code RateLimit-Policy} for this rate (draft-ietf-httpapi-ratelimit-headers-11 section 3),
     * in whole seconds: the burst and the time to replenish it or, for a burst below the rate, the requests of one
     * second.
     */
    String policy() {
        int window = 1 + (burst - 1) / perSecond;
        return "\"" + Limits.POLICY + "\";q=" + Math.max(burst, perSecond) + ";w=" + window;
    }
}

package dev.clew.tenant.limit;

/**
 * How often a tenant's requests may come.
 *
 * @param perSecond in the long run, 1 to 1000000, or {@link Limits#UNLIMITED}
 * @param burst how many of them may come at once, 1 to 1000000; means nothing without a rate, as all that follows
 * @param shared whether all replicas of the gateway together keep to it
 * @param shown whether answers tell of it
 */
public record RequestRate(int perSecond, int burst, boolean shared, boolean shown) {

    public static final int MOST = 1_000_000;
    public static final RequestRate ANY = new RequestRate(Limits.UNLIMITED, 1, false, true);

    public RequestRate {
        if (perSecond != Limits.UNLIMITED) {
            require(perSecond, "requests-per-second");
        }
        require(burst, "burst");
    }

    private static void require(int value, String name) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MOST + ")");
        }
    }

    public boolean isLimited() {
        return perSecond != Limits.UNLIMITED;
    }

    public boolean isShared() {
        return shared && isLimited();
    }

    /**
     * The item of {@code RateLimit-Policy} that says so (draft-ietf-httpapi-ratelimit-headers-11 section 3), in whole
     * seconds: as many requests as the burst in the time that it takes to come back, or, of a smaller one, what a
     * second brings.
     */
    String policy() {
        int window = 1 + (burst - 1) / perSecond;
        return "\"" + Limits.POLICY + "\";q=" + Math.max(burst, perSecond) + ";w=" + window;
    }
}

package dev.clew.limit;

import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.TenantShare;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The response's rate limit fields, {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-11). Both are lists, so that an upstream's own lines remain beside the
 * gateway's.
 */
public final class RateLimitHeaders {

    private static final CharSequence POLICY = HttpHeaders.createOptimized("ratelimit-policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("ratelimit");
    private static final String REMAINING = '"' + Limits.POLICY + "\";r=";
    private static final String WINDOW = ";t=";
    private static final long SECOND = 1_000_000_000L;

    private RateLimitHeaders() {}

    /**
     * Adds the fields for an admitted request. The window is the time in which the rate adds as many requests as
     * remain: a client that spreads them over the window can continue indefinitely (section 8.5).
     *
     * @param nowNanos the time of the admission, as {@link System#nanoTime} counts
     * @param atMost upper bound on the remaining requests, whatever this replica's own bucket holds
     */
    public static void admit(MultiMap response, TenantShare share, long nowNanos, int atMost) {
        if (share.ratePolicy() != null) {
            int remaining = Math.min(atMost, share.tokensLeft(nowNanos));
            int perSecond = share.limits().rate().perSecond();
            show(response, share, remaining, remaining == 0 ? 1 : 1 + (remaining - 1) / perSecond);
        }
    }

    /** Adds the fields for a rejected request; returns the seconds until a retry, 1 or more. */
    public static long reject(MultiMap response, TenantShare share, long waitNanos) {
        long seconds = 1 + (waitNanos - 1) / SECOND;
        // Retry-After must not end before the window does (section 6).
        show(response, share, 0, seconds);
        return seconds;
    }

    private static void show(MultiMap response, TenantShare share, int remaining, long seconds) {
        String policy = share.ratePolicy();
        if (policy != null) {
            response.add(POLICY, policy).add(LIMIT, REMAINING + remaining + WINDOW + seconds);
        }
    }
}

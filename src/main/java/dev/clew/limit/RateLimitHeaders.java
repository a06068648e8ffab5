package dev.clew.limit;

import dev.clew.exchange.Exchange;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.TenantShare;
import io.vertx.core.http.HttpHeaders;

/**
 * What a response tells of the tenant's rate: {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-11). Both are lists, so that an upstream's own lines stay beside the gateway's.
 */
public final class RateLimitHeaders {

    private static final CharSequence POLICY = HttpHeaders.createOptimized("ratelimit-policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("ratelimit");
    private static final String LEFT = '"' + Limits.POLICY + "\";r=";
    private static final String WINDOW = ";t=";
    private static final long SECOND = 1_000_000_000L;

    private RateLimitHeaders() {}

    /**
     * The time in which no more than what is left may be used is what the rate takes to bring as much: who spreads what is left
     * over that time can go on so forever (section 8.5).
     *
     * @param atMost what is left at most, whatever this replica's own bucket holds
     */
    public static void admit(Exchange exchange, TenantShare share, int atMost) {
        if (share.ratePolicy() != null) {
            int left = Math.min(atMost, share.leftOfRate(exchange.startNanos()));
            int perSecond = share.limits().rate().perSecond();
            show(exchange, share, left, left == 0 ? 1 : 1 + (left - 1) / perSecond);
        }
    }

    /** As much for a request that is refused; gives the seconds until one may come again, 1 or more. */
    public static long refuse(Exchange exchange, TenantShare share, long waitNanos) {
        long seconds = 1 + (waitNanos - 1) / SECOND;
        // Retry-After is not to end before it does (section 6).
        show(exchange, share, 0, seconds);
        return seconds;
    }

    private static void show(Exchange exchange, TenantShare share, int left, long seconds) {
        String policy = share.ratePolicy();
        if (policy != null) {
            exchange.response().headers().add(POLICY, policy).add(LIMIT, LEFT + left + WINDOW + seconds);
        }
    }
}

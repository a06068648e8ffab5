package dev.clew.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.RequestRate;
import dev.clew.tenant.limit.TenantShare;
import dev.clew.tenant.upstream.Timeouts;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {

    private static final long SECOND = 1_000_000_000L;

    private final MultiMap response = MultiMap.caseInsensitiveMultiMap();

    private static TenantShare share(int perSecond, int burst, boolean shown) {
        RequestRate rate = new RequestRate(perSecond, burst, false, shown);
        int none = Limits.UNLIMITED;
        return new TenantShare(new Limits(rate, none, none, none, none, Timeouts.UNBOUNDED));
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "11, 2", "20, 2", "21, 3", "1, 1", "0, 1"})
    void spreadsTheRemainingRequestsOverTheWindow(int remaining, int window) {
        RateLimitHeaders.admit(response, share(10, 100, true), 0, remaining);
        assertEquals("\"gateway\";r=" + remaining + ";t=" + window, response.get("RateLimit"));
        assertEquals("\"gateway\";q=100;w=10", response.get("RateLimit-Policy"));
    }

    @Test
    void showsTheFewerOfTheSharedAndTheOwnRequests() {
        TenantShare share = share(10, 3, true);
        share.takeToken(0);
        RateLimitHeaders.admit(response, share, 0, Integer.MAX_VALUE);
        assertEquals("\"gateway\";r=2;t=1", response.get("RateLimit"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000000000, 1", "1000000001, 2"})
    void roundsTheWaitUpToSeconds(long waitNanos, long seconds) {
        assertEquals(seconds, RateLimitHeaders.reject(response, share(1, 1, true), waitNanos));
        assertEquals("\"gateway\";r=0;t=" + seconds, response.get("RateLimit"));
    }

    @Test
    void keepsTheLinesOfAnUpstream() {
        response.add("RateLimit", "\"own\";r=7");
        RateLimitHeaders.admit(response, share(10, 10, true), 0, 5);
        assertEquals(List.of("\"own\";r=7", "\"gateway\";r=5;t=1"), response.getAll("RateLimit"));
    }

    @Test
    void addsNothingIfHiddenOrUnlimited() {
        assertEquals(2, RateLimitHeaders.reject(response, share(1, 1, false), 2 * SECOND));
        RateLimitHeaders.admit(response, share(1, 1, false), 0, 5);
        RateLimitHeaders.admit(response, new TenantShare(Limits.NONE), 0, 5);
        assertTrue(response.isEmpty(), response::toString);
    }
}

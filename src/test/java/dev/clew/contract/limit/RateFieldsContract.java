package dev.clew.contract.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.testing.Await;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The response fields about a tenant's rate (draft-ietf-httpapi-ratelimit-headers). */
abstract class RateFieldsContract extends Contract {

    private static final Pattern ITEM = Pattern.compile("\"gateway\";r=(\\d+);t=(\\d+)");

    private static int left(String item) {
        Matcher matcher = ITEM.matcher(item);
        assertTrue(matcher.matches(), item);
        return Integer.parseInt(matcher.group(1));
    }

    private static Call call(String host) {
        return Call.get("/any/x").host(host);
    }

    @Test
    void responsesTellOfTheRateAndOfWhatIsLeftOfIt() {
        RawResponse first = send(call("telling.test"));
        RawResponse second = send(call("telling.test"));
        assertEquals("\"gateway\";q=1000;w=1000", first.one("ratelimit-policy"));
        int left = left(first.one("ratelimit"));
        assertTrue(left < 1000, first::toString);
        assertTrue(left(second.one("ratelimit")) < 1000, second::toString);
        // At one request per second, as many seconds remain in the window as requests.
        assertEquals("\"gateway\";r=" + left + ";t=" + left, first.one("ratelimit"));
    }

    @Test
    void a429SaysThatNothingIsLeftAndUntilWhen() {
        Await.until("rejection", () -> send(call("stingy.test")).status() == 429);
        RawResponse rejected = send(call("stingy.test"));
        if (rejected.status() == 200) { // a second had passed
            rejected = send(call("stingy.test"));
        }
        rejected.assertProblem(429, "rate-limited");
        assertEquals("\"gateway\";q=1;w=1", rejected.one("ratelimit-policy"));
        assertEquals("\"gateway\";r=0;t=1", rejected.one("ratelimit"));
        assertEquals("1", rejected.one("retry-after"));
    }

    @Test
    void theUpstreamsOwnFieldsStayBesideThem() {
        RawResponse response = send(
                Call.get("/any/answer?status=200&ratelimit=%22daily%22%3Br%3D5&ratelimit-policy=%22daily%22%3Bq%3D9")
                        .host("telling.test"));
        assertEquals(200, response.status());
        List<String> policies = response.all("ratelimit-policy");
        assertEquals(List.of("\"gateway\";q=1000;w=1000", "\"daily\";q=9"), policies);
        List<String> limits = response.all("ratelimit");
        assertEquals(2, limits.size(), response::toString);
        assertEquals("\"daily\";r=5", limits.get(1));
    }

    @Test
    void nothingIsToldWhereATenantDoesNotWantItOrHasNoRate() {
        for (String host : List.of("silent.test", "sociable.test")) {
            RawResponse response = send(call(host));
            assertEquals(200, response.status());
            assertFalse(response.has("ratelimit") || response.has("ratelimit-policy"), response::toString);
        }
    }
}

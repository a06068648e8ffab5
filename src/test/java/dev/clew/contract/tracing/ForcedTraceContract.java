package dev.clew.contract.tracing;

import static dev.clew.contract.world.WorldFiles.FORCE_KEY;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.Trace;
import dev.clew.testing.ForceTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests traced because of a token, regardless of the sampling decision. */
abstract class ForcedTraceContract extends Contract {

    private static final String HEADER = "X-Trace-Force";
    private static final String PARENT = "00f067aa0ba902b7";

    /** A request sampled neither by the caller nor by the tenant's ratio, budget or trust in the caller. */
    @ParameterizedTest
    @ValueSource(strings = {"quiet", "starved", "preserve"})
    void aTokenHasARequestTracedUnderTheTraceIdItCameWith(String tenant) {
        String traceId = Trace.random();
        Call unsampled =
                Call.get("/any/x").host(tenant + ".test").header("traceparent", "00-" + traceId + "-" + PARENT + "-00");
        assertTrue(send(unsampled).echoed().one("traceparent").endsWith("-00"), tenant + " traces it without a token");

        RawResponse response = send(unsampled.header(HEADER, ForceTokens.valid(tenant, FORCE_KEY)));

        assertEquals(traceId, response.traceId());
        assertEquals("00-" + traceId + "-" + response.spanId() + "-01", response.one("traceresponse"));
        Trace trace = trace(traceId);
        assertEquals(PARENT, Trace.parentId(trace.server()));
        assertEquals(
                "00-" + traceId + "-" + Trace.spanId(trace.client()) + "-01",
                response.echoed().one("traceparent"));
        assertTrue(world.awaitAccessLogLine(response.spanId()).getBoolean("sampled"));
    }

    @Test
    void aForcedTraceIsBegunAnewWhereCallersAreNotBelieved() {
        String callers = Trace.random();
        RawResponse response = send(Call.get("/any/x")
                .host("hushed.test")
                .header("traceparent", "00-" + callers + "-" + PARENT + "-00")
                .header(HEADER, ForceTokens.valid("hushed", FORCE_KEY)));

        assertNotEquals(callers, response.traceId());
        assertTrue(response.one("traceresponse").endsWith("-03"), response::toString);
        Trace trace = trace(response.traceId());
        assertEquals("", Trace.parentId(trace.server()));
        assertEquals(callers, Trace.hex(trace.server().span().getLinks(0).getTraceId()));
        assertTrue(response.echoed().one("traceparent").endsWith(Trace.spanId(trace.client()) + "-03"));
    }

    @Test
    void aTokenForAnyTenantServesForAnyHost() {
        String token = ForceTokens.valid("*", FORCE_KEY);
        RawResponse known = send(Call.get("/any/x").host("quiet.test").header(HEADER, token));
        assertEquals(2, trace(known.traceId()).spans().size());

        double before = counts().get("accepted");
        send(Call.get("/any/x").host("nobody.test").header(HEADER, token)).assertProblem(404, "unknown-host");
        assertEquals(before + 1, counts().get("accepted"));
    }

    @Test
    void aRejectedRequestWithATokenIsTracedToo() {
        RawResponse response = send(Call.get("/nothing")
                .host("quiet.test")
                .header(HEADER, ForceTokens.valid("quiet", FORCE_KEY))
                .in(Trace.random()));

        response.assertProblem(404, "unknown-route");
        assertEquals(1, trace(response.traceId()).spans().size());
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid",
        "v1, invalid",
        "TOKEN TOKEN, invalid",
        "'TOKEN, TOKEN', invalid",
        "TOKENx, invalid",
        "FORGED, invalid",
        "LATE, invalid",
        "LONG, invalid",
        "EXPIRED, expired",
        "FOREIGN, foreign-tenant",
    })
    void aTokenThatIsNotAcceptedIsIgnoredAndCounted(String written, String outcome) {
        Map<String, Double> expected = counts();
        expected.merge(outcome, 1.0, Double::sum);
        RawResponse response = send(Call.get("/any/x").host("quiet.test").header(HEADER, token(written)));

        assertTrue(response.echoed().one("traceparent").endsWith("-02"), response::toString);
        assertEquals(expected, counts());
        assertEquals(List.of(), presentTrace(response.traceId()).spans());
    }

    private static String token(String written) {
        long now = Instant.now().getEpochSecond();
        return switch (written) {
            case "FORGED" -> ForceTokens.valid("quiet", "another-key-0123456789abcdef0123456789");
            case "LATE" -> ForceTokens.token("quiet", now + 90_000, FORCE_KEY);
            case "LONG" -> ForceTokens.valid("q".repeat(5000), FORCE_KEY);
            case "EXPIRED" -> ForceTokens.token("quiet", now - 1, FORCE_KEY);
            case "FOREIGN" -> ForceTokens.valid("acme", FORCE_KEY);
            default -> written.replace("TOKEN", ForceTokens.valid("quiet", FORCE_KEY));
        };
    }

    @Test
    void aTokenThatIsSentTwiceIsIgnored() {
        String token = ForceTokens.valid("quiet", FORCE_KEY);
        double before = counts().get("invalid");
        RawResponse response =
                send(Call.get("/any/x").host("quiet.test").header(HEADER, token).header(HEADER, token));

        assertTrue(response.echoed().one("traceparent").endsWith("-02"), response::toString);
        assertEquals(before + 1, counts().get("invalid"));
    }

    @Test
    void aTenantForcesNoMoreThanItsShareAndTakesNoneOfAnothers() {
        Call call = Call.get("/any/x").host("flooded.test").header(HEADER, ForceTokens.valid("flooded", FORCE_KEY));
        double rejectedBefore = counts().get("rate-limited");
        int ignored = 0;
        for (int i = 0; i < 60; i++) {
            ignored += send(call).echoed().one("traceparent").endsWith("-02") ? 1 : 0;
        }
        assertTrue(ignored > 0 && ignored <= 40, ignored + " of 60");
        assertEquals(rejectedBefore + ignored, counts().get("rate-limited"));

        RawResponse others =
                send(Call.get("/any/x").host("hushed.test").header(HEADER, ForceTokens.valid("hushed", FORCE_KEY)));
        assertTrue(others.echoed().one("traceparent").endsWith("-03"), others::toString);
    }

    @Test
    void aTokenGoesToNoUpstream() {
        for (String token : List.of(ForceTokens.valid("quiet", FORCE_KEY), "v1.bad.token")) {
            RawResponse response = send(
                    Call.get("/any/x").host("quiet.test").header(HEADER, token).header("x-other", "1"));

            assertEquals("1", response.echoed().one("x-other"));
            assertEquals(List.of(), response.echoed().all(HEADER));
        }
    }

    @Test
    void aTokenIsToldToNobody() throws IOException {
        String secret = "s3cret" + marker();
        String good = ForceTokens.valid("acme", FORCE_KEY);
        String bad = ForceTokens.valid(secret, FORCE_KEY) + secret;
        StringBuilder told = new StringBuilder();
        for (String token : List.of(good, bad)) {
            RawResponse response = send(Call.get("/nothing").header(HEADER, token));
            told.append(response.headers()).append(response.body());
            trace(response.traceId()).spans().forEach(span -> told.append(span.span()));
            told.append(world.awaitAccessLogLine(response.traceId()));
        }
        told.append(given().get("http://127.0.0.1:" + world.managementPort() + "/q/metrics")
                .asString());
        told.append(Files.readString(world.log()));
        for (String kept : List.of(good, secret, FORCE_KEY)) {
            assertFalse(told.toString().contains(kept), told::toString);
        }
    }

    private Map<String, Double> counts() {
        Metrics metrics = new Metrics(world.managementPort());
        Map<String, Double> counts = new TreeMap<>();
        for (String outcome : List.of("accepted", "invalid", "expired", "foreign-tenant", "rate-limited")) {
            counts.put(outcome, metrics.sum("clew_forced_traces_total", "outcome=\"" + outcome + '"'));
        }
        return counts;
    }
}

package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans not sampled at a request's start but exported because of its end. */
abstract class KeptSpansContract extends Contract {

    private static final String ERRORS = "kept-errors.test";
    private static final String FEW = "kept-few.test";
    private static final int MANY = 10;
    private static final String PRESERVED = "kept-preserved.test";
    private static final String SLOW = "kept-slow.test";

    private static Call unsampled(String target, String traceId) {
        return Call.get(target).header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-00");
    }

    /** All spans name the reason; spans, access log and response do not claim to be sampled. */
    private void assertKept(RawResponse response, String why, int spans) {
        Trace trace = trace(response.traceId());
        assertEquals(spans, trace.spans().size());
        for (Received span : trace.spans()) {
            assertEquals(why, span.attribute("clew.kept"));
            assertEquals(0, span.span().getFlags() & 1, "the sampled flag");
        }
        assertTrue(response.one("traceresponse").endsWith("-02")
                || response.one("traceresponse").endsWith("-00"));
        assertFalse(world.awaitAccessLogLine(response.traceId()).getBoolean("sampled"));
    }

    @ParameterizedTest
    @CsvSource({"/any/answer?status=500, 2", "/refused/x, 2", "/refused-twice/x, 3"})
    void whatFailsIsKeptThoughNothingIsSampled(String target, int spans) {
        assertKept(send(Call.get(target).host(ERRORS)), "error", spans);
    }

    @Test
    void aResponseThatBreaksOffIsKept() {
        String traceId = Trace.random();
        try (RawClient client = connect()) {
            client.send(Call.get("/any/reset/body").host(ERRORS).in(traceId));
            client.readHead();
            client.readToEnd();
        }
        assertEquals(
                List.of("error", "error"),
                trace(traceId).spans().stream()
                        .map(span -> span.attribute("clew.kept"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"/any/x", "/any/answer?status=404", "/any/answer?status=302", "/nothing", "/any/%2f"})
    void whatDoesNotFailIsNotKept(String target) {
        RawResponse response = send(Call.get(target).host(ERRORS));

        assertEquals(List.of(), presentTrace(response.traceId()).spans());
        assertFalse(world.awaitAccessLogLine(response.traceId()).getBoolean("sampled"));
    }

    @Test
    void whatFailsIsKeptThoughTheCallerWhoIsBelievedDoesNotSample() {
        String traceId = Trace.random();
        RawResponse response = send(unsampled("/refused/x", traceId).host(PRESERVED));

        assertEquals(traceId, response.traceId());
        assertKept(response, "error", 2);
    }

    @Test
    void aFastSuccessOfAnUnsampledCallerIsNotKept() {
        RawResponse response = send(unsampled("/any/x", Trace.random()).host(PRESERVED));

        assertEquals(List.of(), presentTrace(response.traceId()).spans());
    }

    @Test
    void whatIsSampledAnywayIsNotMarked() {
        RawResponse response = send(Call.get("/refused/x").host(PRESERVED).in(Trace.random()));

        for (Received span : trace(response.traceId()).spans()) {
            assertFalse(Trace.attributeNames(span).contains("clew.kept"));
            assertEquals(1, span.span().getFlags() & 1);
        }
    }

    @Test
    void whatTakesLongIsKept() {
        assertKept(send(Call.get("/any/slow/20").host(SLOW)), "slow", 2);
    }

    @Test
    void aTenantWhoseUpstreamFailsIsKeptToItsBudget() {
        Metrics metrics = new Metrics(world.managementPort());
        double before = metrics.sum("clew_requests_not_kept_total", "reason=\"error\"");
        List<String> traceIds = new ArrayList<>();
        long start = System.nanoTime();
        try (RawClient client = connect()) {
            for (int i = 0; i < MANY; i++) {
                traceIds.add(
                        client.send(Call.get("/refused/x").host(FEW)).read().traceId());
            }
        }
        long mostKept = 2 + Duration.ofNanos(System.nanoTime() - start).toSeconds();
        long kept = traceIds.stream()
                .filter(id -> world.awaitAccessLogLine(id).containsKey("kept"))
                .count();
        assertTrue(kept >= 1 && kept <= mostKept, "kept: " + kept + " of at most " + mostKept);
        assertEquals(before + MANY - kept, metrics.sum("clew_requests_not_kept_total", "reason=\"error\""));
        for (String id : traceIds) {
            boolean told = world.awaitAccessLogLine(id).containsKey("kept");
            assertEquals(told ? 2 : 0, presentTrace(id).spans().size());
        }
    }

    @Test
    void theUpstreamIsToldTheTruth() {
        String traceId = Trace.random();
        RawResponse response = send(unsampled("/any/slow/20", traceId).host(SLOW));

        assertEquals(
                "00-" + traceId + "-" + Trace.spanId(trace(traceId).client()) + "-00",
                response.echoed().one("traceparent"));
    }

    /** The count includes the SERVER span and one for each attempt, exported or not. */
    @ParameterizedTest
    @CsvSource({"/any/x, 2", "/refused-twice/x, 3", "/nothing, 1"})
    void everySpanIsCountedThoughNoneIsSampled(String target, int spans) {
        Metrics metrics = new Metrics(world.managementPort());
        metrics.awaitNoneActive();
        double before = metrics.sum("clew_spans_started_total");
        world.awaitAccessLogLine(send(Call.get(target).host(ERRORS)).traceId());
        assertEquals(before + spans, metrics.sum("clew_spans_started_total"));
    }
}

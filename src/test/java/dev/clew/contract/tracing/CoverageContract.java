package dev.clew.contract.tracing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report to operators on the upstreams that continue the traces sent to them. */
abstract class CoverageContract extends Contract {

    private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";

    /** TRACE is replaced by the trace ID sent. */
    @ParameterizedTest
    @CsvSource({
        "traceresponse=00-TRACE-00f067aa0ba902b7-01, continued",
        "traceresponse=00-OTHER-00f067aa0ba902b7-01, contradicted",
        "traceresponse=nonsense, silent",
        "x-other=1, silent",
        "server-timing=db;dur=1&server-timing=cache%2C%20trace;desc=TRACE, continued",
        "server-timing=traceparent;desc=%2200-OTHER-00f067aa0ba902b7-01%22, contradicted",
        "traceresponse=00-TRACE-00f067aa0ba902b7-01&server-timing=trace;desc=OTHER, continued",
        "status=500&traceresponse=00-TRACE-00f067aa0ba902b7-01, continued",
    })
    void aResponseIsCountedByWhatItTellsOfTheTrace(String query, String outcome) {
        Map<String, Double> expected = counts("acme", "echo");
        expected.merge(outcome, 1.0, Double::sum);
        String traceId = Trace.random();
        RawResponse response = send(Call.get("/any/answer?"
                        + query.replace("TRACE", traceId)
                                .replace("OTHER", OTHER)
                                .replace(";", "%3B"))
                .in(traceId));

        assertEquals(traceId, response.traceId());
        assertEquals(
                "00-" + traceId + "-" + response.spanId() + "-01",
                response.one("traceresponse"),
                "only the gateway's own value");
        Await.until(outcome, () -> counts("acme", "echo").equals(expected));
        JsonObject row = row("acme", "echo");
        expected.forEach((name, count) -> assertEquals(count, row.getDouble(name), name));
        assertEquals(
                expected.get("continued")
                        / expected.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum(),
                row.getDouble("coverage"),
                0.0006);
    }

    @Test
    void eachResponseOfARetriedRequestIsCounted() {
        Map<String, Double> expected = counts("acme", "flaky");
        expected.merge("silent", 3.0, Double::sum);
        send(Call.get("/flaky/2/" + marker())).echoed();

        Await.until("three responses", () -> counts("acme", "flaky").equals(expected));
    }

    @Test
    void anAttemptWithoutAResponseIsNotCounted() {
        send(Call.get("/refused")).assertProblem(502, "upstream-unreachable");

        assertEquals(
                List.of(),
                rows().stream()
                        .map(JsonObject.class::cast)
                        .filter(row -> row.getString("upstream").equals("refused"))
                        .toList());
    }

    @Test
    void theWorstUpstreamIsListedFirst() {
        send(Call.get("/flaky/0/" + marker())).echoed();
        send(Call.get("/any/answer?traceresponse=00-" + Trace.random() + "-00f067aa0ba902b7-01"));
        Await.until("both", () -> row("acme", "flaky") != null && row("acme", "echo") != null);

        List<Boolean> contradicted = rows().stream()
                .map(row -> ((JsonObject) row).getDouble("contradicted") > 0)
                .toList();
        List<Double> silent = rows().stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getDouble("contradicted") == 0)
                .map(row -> row.getDouble("coverage"))
                .toList();
        assertTrue(contradicted.lastIndexOf(true) < contradicted.indexOf(false), contradicted::toString);
        assertEquals(silent.stream().sorted().toList(), silent);
    }

    @Test
    void theTrafficPortDoesNotShowIt() {
        send(Call.get("/q/coverage")).assertProblem(404, "unknown-route");
    }

    private JsonArray rows() {
        return new JsonArray(given().get("http://127.0.0.1:" + world.managementPort() + "/q/coverage")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString());
    }

    /** Returns null for an upstream that has not responded. */
    private JsonObject row(String tenant, String upstream) {
        return rows().stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("tenant").equals(tenant)
                        && row.getString("upstream").equals(upstream))
                .findFirst()
                .orElse(null);
    }

    private Map<String, Double> counts(String tenant, String upstream) {
        Metrics metrics = new Metrics(world.managementPort());
        Map<String, Double> counts = new TreeMap<>();
        for (String outcome : List.of("continued", "contradicted", "silent")) {
            counts.put(
                    outcome,
                    metrics.sum(
                            "clew_upstream_trace_answers_total",
                            "outcome=\"" + outcome + '"',
                            "tenant=\"" + tenant + '"',
                            "upstream=\"" + upstream + '"'));
        }
        return counts;
    }
}

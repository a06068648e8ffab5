package dev.clew.contract.telemetry;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer.ReceivedLog;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans, logs and metrics of the same request, each of which leads to the others. */
abstract class SignalsContract extends Contract {

    private ReceivedLog log(String traceId) {
        return world.otlp()
                .awaitLog(log -> hex(log.log().getTraceId().toByteArray()).equals(traceId));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void anAccessLogLineIsALogRecordWithTheSpanOfItsRequest() {
        RawResponse response = send(Call.get("/orders/1"));
        ReceivedLog log = log(response.traceId());
        JsonObject line = world.awaitAccessLogLine(response.traceId());
        assertEquals(line, new JsonObject(log.log().getBody().getStringValue()));
        assertEquals(line.getString("span_id"), hex(log.log().getSpanId().toByteArray()));
        assertEquals(line.getString("tenant"), log.attribute("tenant.id"));
        assertEquals(line.getString("route"), log.attribute("clew.route"));
        assertEquals(line.getString("upstream"), log.attribute("clew.upstream"));
        assertEquals("GET", log.attribute("http.request.method"));
        assertEquals("200", log.attribute("http.response.status_code"));
        assertEquals(
                trace(response.traceId()).spans().get(0).resource(), log.resource(), "the same resource as the spans");
    }

    @Test
    void aRejectedRequestIsALogRecordTooWithItsError() {
        RawResponse response = send(Call.get("/nothing/of/jane.doe4711"));
        ReceivedLog log = log(response.traceId());
        assertEquals("unknown-route", log.attribute("clew.error"));
        assertEquals("404", log.attribute("http.response.status_code"));
        String sent = log.log().toString();
        assertTrue(sent.contains("/nothing/of/*"), sent);
        assertFalse(sent.contains("jane") || sent.contains("4711"), sent);
    }

    @Test
    void metricsAreSentAsOnThePage() {
        send(Call.get("/orders/1"));
        Await.until("requests of acme in metrics", () -> {
            List<HistogramDataPoint> points = lastRequests().getHistogram().getDataPointsList();
            return points.stream()
                    .anyMatch(point -> point.getCount() > 0 && point.toString().contains("acme"));
        });
        assertEquals("s", lastRequests().getUnit());
        assertEquals(12, lastRequests().getHistogram().getDataPoints(0).getExplicitBoundsCount());
    }

    private Metric lastRequests() {
        return world.otlp()
                .awaitMetrics(1)
                .get(world.otlp().awaitMetrics(1).size() - 1)
                .metric("clew.requests");
    }

    private String page(String accept) {
        return given().header("Accept", accept)
                .get("http://127.0.0.1:" + world.managementPort() + "/q/metrics")
                .then()
                .statusCode(200)
                .contentType("application/openmetrics-text; version=1.0.0; charset=utf-8")
                .extract()
                .asString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.1"
            })
    void theMetricsPageIsInOpenMetricsForWhoeverPrefersIt(String accept) {
        assertTrue(page(accept).endsWith("# EOF\n"));
    }

    @Test
    void aBucketOfRequestsShowsARecentTrace() {
        Await.until("exemplar of a sent request", () -> {
            String traceId = send(Call.get("/orders/1")).traceId();
            return page("application/openmetrics-text")
                    .lines()
                    .anyMatch(line -> line.startsWith("clew_requests_seconds_bucket{")
                            && line.contains("trace_id=\"" + traceId + "\""));
        });
        String plain = given().header("Accept", "text/plain")
                .get("http://127.0.0.1:" + world.managementPort() + "/q/metrics")
                .asString();
        assertTrue(plain.contains("clew_requests_seconds_bucket{") && !plain.contains("trace_id="));
    }
}

package dev.clew.contract.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.testing.Await;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's interfaces to operators. */
abstract class OperationsContract extends Contract {

    private static final Set<String> LOG_FIELDS = Set.of(
            "time",
            "trace_id",
            "span_id",
            "sampled",
            "tenant",
            "route",
            "upstream",
            "method",
            "protocol",
            "status",
            "duration_us",
            "request_bytes",
            "response_bytes",
            "attempts",
            "endpoint",
            "upstream_us");

    private RequestSpecification management() {
        return given().baseUri("http://127.0.0.1:" + world.managementPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void healthIsUp(String path) {
        management().get(path).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void readinessFollowsShutdown() {
        management()
                .get("/q/health/ready")
                .then()
                .body("checks.name", hasItem("Graceful Shutdown"))
                .body("checks.status", hasItem("UP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/metrics", "/q/traces/4bf92f3577b34da6a3ce929d0e0e4736"})
    void theTrafficPortShowsNothingOfTheManagementPort(String path) {
        send(Call.get(path).host("localhost")).assertProblem(404, "unknown-host");
        send(Call.get(path)).assertProblem(404, "unknown-route");
    }

    @Test
    void theManagementPortServesNoTenant() {
        assertEquals(404, management().get("/orders/1").statusCode());
    }

    private RawResponse ask(String method, String path, String... lines) {
        try (RawClient client = new RawClient("127.0.0.1", world.managementPort())) {
            return client.send(method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n")
                    .read();
        }
    }

    /** The request after DNS rebinding: the attacker's host name resolves to the gateway's address. */
    @ParameterizedTest
    @ValueSource(strings = {"/q/config", "/q/metrics", "/q/telemetry", "/q/health/ready", "/nothing"})
    void theManagementPortIsNotAskedByANameThatAnybodyCouldOwn(String path) {
        RawResponse rejected = ask("GET", path, "Host: rebound.example:9000");
        assertEquals(403, rejected.status());
        assertEquals("application/problem+json", rejected.one("content-type"));
        assertEquals("access-denied", new JsonObject(rejected.body()).getString("code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:9000", "10.244.3.17:9000", "[::1]:9000", "localhost", "clew-metrics.edge.svc:9000"})
    void kubeletAndPrometheusAskByTheirNames(String host) {
        assertEquals(200, ask("GET", "/q/health/ready", "Host: " + host).status());
        assertEquals(200, ask("GET", "/q/metrics", "Host: " + host).status());
    }

    /** HAProxy's default request has no host; browsers always send one. */
    @Test
    void probesOfHttp10NeedNameNoHost() {
        try (RawClient client = new RawClient("127.0.0.1", world.managementPort())) {
            assertEquals(
                    200,
                    client.send("GET /q/health/live HTTP/1.0\r\n\r\n").read().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:9001", "http://localhost"})
    void theManagementPortRespondsToNoPageOfAnotherOrigin(String origin) {
        RawResponse rejected = ask("GET", "/q/config", "Host: localhost:9000", "Origin: " + origin);
        assertEquals(403, rejected.status());
        assertFalse(rejected.has("access-control-allow-origin"), rejected::toString);
        RawResponse preflight = ask(
                "OPTIONS",
                "/q/config",
                "Host: localhost:9000",
                "Origin: " + origin,
                "Access-Control-Request-Method: GET");
        assertEquals(403, preflight.status());
        assertFalse(preflight.has("access-control-allow-origin"), preflight::toString);
    }

    @Test
    void aPageOfTheManagementPortsOwnMayReadIt() {
        RawResponse page = ask("GET", "/q/config", "Host: localhost:9000", "Origin: http://localhost:9000");
        assertEquals(200, page.status());
        assertFalse(page.has("access-control-allow-origin"), page::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2000000", "Transfer-Encoding: chunked"})
    void theManagementPortTakesNoLargeBody(String framing) {
        try (RawClient client = new RawClient("127.0.0.1", world.managementPort())) {
            client.send("POST /q/config HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n");
            client.send("400\r\n" + "x".repeat(1024) + "\r\n400\r\n" + "x".repeat(1024) + "\r\n");
            assertEquals(413, client.read().status());
        }
    }

    @Test
    void requestsAreCountedByTenantAndRoute() {
        double before = requests("acme", "item", "2xx");
        send(Call.get("/items/1/detail"));
        send(Call.get("/items/2/detail"));
        // The counter is incremented after the response, possibly after the client has read it.
        Await.until("both counts", () -> requests("acme", "item", "2xx") == before + 2);
    }

    @Test
    void attemptsAreCountedByTenantAndUpstream() {
        String series = "clew_upstream_attempts_seconds_count{error=\"upstream-unreachable\",status=\"none\","
                + "tenant=\"acme\",upstream=\"refused\"}";
        double before = value(series);
        send(Call.get("/refused"));
        Await.until("the count", () -> value(series) == before + 1);
    }

    @Test
    void whatClientsInventAddsNoSeries() {
        Random random = new Random(7);
        invent(random, 20);
        Await.until("an idle gateway", () -> value("clew_requests_active") == 0);
        Set<String> before = series();
        invent(random, 300);
        Await.until("an idle gateway", () -> value("clew_requests_active") == 0);

        Set<String> added = new TreeSet<>(series());
        added.removeAll(before);
        assertEquals(Set.of(), added);
        String all = String.join("\n", before);
        assertFalse(all.contains("invented"), all);
    }

    private void invent(Random random, int times) {
        try (RawClient client = connect()) {
            for (int i = 0; i < times; i++) {
                String invented = "invented" + random.nextInt(1_000_000);
                client.send(Call.get("/" + invented)).read();
                client.send(Call.get("/orders/" + invented + "?" + invented)).read();
                client.send(Call.get("/x").host(invented + ".test")).read();
                client.send(Call.get("/whoami").host(invented + ".acme.test")).read();
                client.send(Call.of(invented.toUpperCase(Locale.ROOT), "/any/x"))
                        .read();
            }
        }
    }

    @Test
    void eachRequestIsOneAccessLogLine() {
        RawResponse response = send(Call.post("/orders/7?token=s3cret", "hello"));
        JsonObject line = world.awaitAccessLogLine(response.traceId());

        assertEquals(LOG_FIELDS, line.fieldNames());
        assertTrue(Instant.parse(line.getString("time")).isBefore(Instant.now().plusSeconds(1)), line::encode);
        assertEquals(response.spanId(), line.getString("span_id"));
        assertEquals("acme", line.getString("tenant"));
        assertEquals("orders", line.getString("route"));
        assertEquals("echo", line.getString("upstream"));
        assertEquals("POST", line.getString("method"));
        assertEquals("1.1", line.getString("protocol"));
        assertEquals(200, line.getInteger("status"));
        assertEquals(5, line.getInteger("request_bytes"));
        assertTrue(line.getInteger("response_bytes") >= response.body().length(), line::encode);
        assertEquals(1, line.getInteger("attempts"));
        assertTrue(line.getLong("duration_us") > 0, line::encode);
        assertTrue(line.getLong("upstream_us") > 0, line::encode);
        assertTrue(line.getLong("upstream_us") <= line.getLong("duration_us"), line::encode);
        assertEquals("127.0.0.1:" + world.echo().port(), line.getString("endpoint"));
        assertEquals(
                1,
                world.accessLogLines().stream()
                        .filter(other -> other.contains(response.traceId()))
                        .count());
    }

    @Test
    void aRejectedRequestIsAnAccessLogLineToo() {
        RawResponse response = send(Call.get("/orders/1").line("no colon"));
        JsonObject line = world.awaitAccessLogLine(response.traceId());

        assertEquals(400, line.getInteger("status"));
        assertEquals("malformed-request", line.getString("error"));
        assertEquals(0, line.getInteger("attempts"));
    }

    private double requests(String tenant, String route, String status) {
        return value("clew_requests_seconds_count{error=\"none\",route=\"" + route + "\",status=\"" + status
                + "\",tenant=\"" + tenant + "\"}");
    }

    /** Returns the value of a series, or 0 if it does not exist yet. */
    private double value(String series) {
        return metrics().stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private Set<String> series() {
        return metrics().stream()
                .filter(line -> line.startsWith("clew_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }

    private List<String> metrics() {
        return management()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }
}

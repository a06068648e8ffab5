package dev.clew.contract.operations;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import io.restassured.response.Response;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API on the management port. */
abstract class ApiContract extends Contract {

    private static final String ROOT = "/api/v1";

    private Response get(String path) {
        return given().urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get("http://127.0.0.1:" + world.managementPort() + path);
    }

    private JsonObject read(String path) {
        Response response = get(ROOT + path);
        assertEquals(200, response.statusCode(), response::asString);
        return new JsonObject(response.asString());
    }

    private List<JsonObject> requests(String query) {
        return objects(read("/requests?" + query).getJsonArray("requests"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            objects.add(array.getJsonObject(i));
        }
        return objects;
    }

    /** Sends a request and waits until it is kept. */
    private JsonObject sent(Call call) {
        RawResponse response = send(call);
        return Await.notNull("the request", () -> kept(response.traceId()));
    }

    private JsonObject kept(String traceId) {
        List<JsonObject> found = requests("trace-id=" + traceId);
        return found.isEmpty() ? null : found.get(0);
    }

    @Test
    void everyResponseIsAsDescribed() throws IOException {
        JsonObject request = sent(Call.get("/reconnecting/x"));
        sent(Call.get("/refused"));
        sent(Call.get("/nothing/like/it"));
        sent(Call.get("/x").host("nobody.test"));
        ApiSchema schema = new ApiSchema();
        Map<String, String> examples = Map.of(
                "/api/v1/requests/{id}",
                "/requests/" + request.getString("id"),
                "/api/v1/traces/{traceId}",
                "/traces/" + request.getString("traceId"),
                "/api/v1/tenants/{id}",
                "/tenants/acme",
                "/api/v1/explain",
                "/explain?host=acme.test&path=/orders/7");
        List<String> violations = new ArrayList<>();
        for (String path : schema.paths()) {
            if (!path.endsWith("/stream")) {
                String example = ROOT + examples.getOrDefault(path, path.substring(ROOT.length()));
                Response response = get(example);
                assertEquals(200, response.statusCode(), () -> example + ": " + response.asString());
                schema.violations(path, Json.decodeValue(response.asString()))
                        .forEach(violation -> violations.add(path + " " + violation));
            }
        }
        String zipkin = get(ROOT + "/traces/" + request.getString("traceId") + "?format=zipkin")
                .asString();
        violations.addAll(schema.violations("/api/v1/traces/{traceId}", Json.decodeValue(zipkin)));
        assertEquals(List.of(), violations);
    }

    @Test
    void theDescriptionIsServedOnTheManagementPortOnly() {
        assertTrue(get("/q/openapi").asString().contains("/api/v1/requests/{id}"));
        send(Call.get("/q/openapi").host("localhost")).assertProblem(404, "unknown-host");
        send(Call.get(ROOT + "/gateway").host("localhost")).assertProblem(404, "unknown-host");
    }

    @Test
    void aRequestTellsEachAttempt() {
        JsonObject request =
                read("/requests/" + sent(Call.get("/reconnecting/x")).getString("id"));
        List<JsonObject> attempts = objects(request.getJsonArray("attempts"));
        assertFalse(attempts.isEmpty());
        JsonObject last = attempts.get(attempts.size() - 1);
        assertEquals("127.0.0.1:" + world.echo().port(), last.getString("endpoint"));
        assertEquals(200, last.getInteger("status"));
        assertEquals("acme", request.getString("tenant"));
        assertNull(request.getString("path"));
        assertEquals(request.getString("id"), request.getJsonObject("log").getString("span_id"));
        assertEquals(
                request.getString("traceId"),
                request.getJsonObject("responseHeaders").getString("x-trace-id"));
        assertFalse(request.getJsonArray("trail").isEmpty());
    }

    @Test
    void requestsAreSelectedByEveryFilter() {
        JsonObject one = sent(Call.get("/refused"));
        String id = one.getString("id");
        assertEquals(502, one.getInteger("status"));
        List<String> matching = List.of(
                "tenant=acme",
                "route=refused",
                "status=502",
                "status=5xx",
                "error=upstream-unreachable",
                "upstream=refused",
                "worth=failed",
                "endpoint=" + one.getString("endpoint"),
                "since=" + one.getString("time"),
                "slower-than=1ms&slower-than=1ms",
                "trace-id=" + one.getString("traceId").substring(0, 9));
        List<String> others = List.of(
                "tenant=globex",
                "route=orders",
                "status=404",
                "status=2xx",
                "error=unknown-host",
                "upstream=echo",
                "worth=forced",
                "endpoint=127.0.0.1:1",
                "until=2026-01-01T00:00:00Z",
                "since=2126-01-01T00:00:00Z",
                "slower-than=24h",
                "trace-id=" + Trace.random());
        String own = "&limit=500&trace-id=" + one.getString("traceId");
        for (String filter : matching) {
            if (!filter.startsWith("slower") || one.getDouble("durationMs") >= 1) {
                assertTrue(ids(requests(filter + "&limit=500")).contains(id), filter);
            }
        }
        for (String filter : others) {
            String rest = filter.startsWith("trace-id") ? "" : own;
            assertFalse(ids(requests(filter + rest)).contains(id), filter);
        }
    }

    private static Set<String> ids(List<JsonObject> requests) {
        Set<String> ids = new HashSet<>();
        requests.forEach(request -> assertTrue(ids.add(request.getString("id")), "twice: " + request));
        return ids;
    }

    @Test
    void pagesHaveEachRequestOnceTheNewestFirst() {
        String traceId = Trace.random();
        for (int i = 0; i < 5; i++) {
            send(Call.get("/refused").in(traceId));
        }
        Await.until("all requests", () -> requests("trace-id=" + traceId).size() == 5);
        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page =
                    read("/requests?limit=2&trace-id=" + traceId + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            all.addAll(objects(page.getJsonArray("requests")));
            cursor = page.getString("next");
        } while (cursor != null);
        assertEquals(5, ids(all).size());
        List<String> times =
                all.stream().map(request -> request.getString("time")).toList();
        assertEquals(times.stream().sorted((a, b) -> b.compareTo(a)).toList(), times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/requests?tenent=acme",
                "/requests?status=6xx",
                "/requests?status=50",
                "/requests?slower-than=fast",
                "/requests?since=yesterday",
                "/requests?trace-id=xyz",
                "/requests?worth=much",
                "/requests?limit=0",
                "/requests?limit=501",
                "/requests?cursor=x",
                "/requests?replicas=some",
                "/requests/stream?status=x",
                "/traces/xyz",
                "/traces/0",
                "/traces/4bf92f3577b34da6a3ce929d0e0e473",
                "/traces/4bf92f3577b34da6a3ce929d0e0e4736?format=jaeger",
                "/statistics?window=2h",
                "/explain?host=acme.test",
                "/explain?host=acme.test&path=/&header=x"
            })
    void whatIsNotUnderstoodIsRejected(String path) {
        Response response = get(ROOT + path);
        assertEquals(400, response.statusCode(), response::asString);
        assertEquals("application/problem+json", response.contentType());
        assertEquals("invalid-parameter", new JsonObject(response.asString()).getString("code"));
    }

    @Test
    void aQueryThatReadersUnderstandDifferentlyIsRejected() {
        try (RawClient client = new RawClient(STRANGER, world.managementPort())) {
            RawResponse rejected = client.send(
                            "GET " + ROOT + "/requests?limit=5#x HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .read();
            assertEquals(400, rejected.status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/requests/0123456789abcdef", "/traces/00000000000000000000000000000000", "/tenants/no", "/x"})
    void whatDoesNotExistIs404(String path) {
        Response response = get(ROOT + path);
        assertEquals(404, response.statusCode());
        assertEquals("not-found", new JsonObject(response.asString()).getString("code"));
    }

    @Test
    void aTraceIsOtlpAndZipkinWithTheSameSpans() {
        JsonObject request = sent(Call.get("/refused"));
        JsonArray spans = read("/traces/" + request.getString("traceId"))
                .getJsonArray("resourceSpans")
                .getJsonObject(0)
                .getJsonArray("scopeSpans")
                .getJsonObject(0)
                .getJsonArray("spans");
        JsonObject server = spans.getJsonObject(0);
        assertEquals(request.getString("id"), server.getString("spanId"));
        assertEquals(2, server.getInteger("kind"));
        assertEquals(2, server.getJsonObject("status").getInteger("code"));
        assertTrue(server.getValue("startTimeUnixNano") instanceof String, "64-bit integers are texts");
        JsonObject client = spans.getJsonObject(1);
        assertEquals(3, client.getInteger("kind"));
        assertEquals(server.getString("spanId"), client.getString("parentSpanId"));
        JsonArray zipkin = new JsonArray(get(ROOT + "/traces/" + request.getString("traceId") + "?format=zipkin")
                .asString());
        assertEquals(spans.size(), zipkin.size());
        JsonObject second = zipkin.getJsonObject(1);
        assertEquals("CLIENT", second.getString("kind"));
        assertEquals(server.getString("spanId"), second.getString("parentId"));
        assertEquals("upstream-unreachable", second.getJsonObject("tags").getString("error"));
    }

    @Test
    void theFormerAddressOfATraceLeadsToTheApi() {
        String traceId = Trace.random();
        Response response = get("/q/traces/" + traceId);
        assertEquals(308, response.statusCode());
        assertEquals(ROOT + "/traces/" + traceId, response.header("location"));
        assertEquals(404, get("/q/traces/a%0d%0ab").statusCode());
    }

    @Test
    void theFirstPageListsWhatExists() {
        JsonArray pages = new JsonObject(get("/").asString()).getJsonArray("pages");
        assertEquals("/console/", pages.getJsonObject(0).getString("path"));
        for (JsonObject page : objects(pages).subList(1, pages.size())) {
            assertEquals(200, get(page.getString("path")).statusCode(), page::encode);
        }
        String html = given().header("accept", "text/html")
                .get("http://127.0.0.1:" + world.managementPort() + "/")
                .asString();
        assertTrue(html.contains("href=\"/console/\""), html);
    }

    @Test
    void aStreamHasTheSelectedRequestsAndEndsWithItsClient() {
        String traceId = Trace.random();
        try (RawClient client = new RawClient(STRANGER, world.managementPort())) {
            client.send("GET " + ROOT + "/requests/stream?route=refused&trace-id=" + traceId
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawResponse head = client.readHead();
            assertEquals("text/event-stream", head.one("content-type"));
            StringBuilder events = new StringBuilder(client.chunk());
            send(Call.get("/orders/1").in(traceId));
            send(Call.get("/refused").in(traceId));
            while (events.indexOf("data: ") < 0) {
                events.append(client.chunk());
            }
            String data = events.substring(events.indexOf("data: ") + 6, events.lastIndexOf("\n\n"));
            JsonObject request = new JsonObject(data);
            assertEquals("refused", request.getString("route"));
            assertEquals(traceId, request.getString("traceId"));
        }
    }

    @Test
    void streamsAreBoundedInNumber() {
        List<RawClient> clients = new ArrayList<>();
        try {
            int status = 200;
            while (status == 200 && clients.size() < 100) {
                RawClient client = new RawClient(STRANGER, world.managementPort());
                clients.add(client);
                status = client.send("GET " + ROOT + "/requests/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .readHead()
                        .status();
            }
            assertEquals(503, status);
        } finally {
            clients.forEach(RawClient::close);
        }
        Await.until("room for another stream", () -> {
            try (RawClient client = new RawClient(STRANGER, world.managementPort())) {
                return client.send("GET " + ROOT + "/requests/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .readHead()
                                .status()
                        == 200;
            }
        });
    }

    @Test
    void aProxyOnThisMachineIsNotThisMachine() {
        for (String field : List.of("Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1")) {
            try (RawClient client = new RawClient(STRANGER, world.managementPort())) {
                RawResponse rejected = client.send(
                                "GET " + ROOT + "/requests HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n")
                        .read();
                assertEquals(401, rejected.status());
            }
        }
    }

    private int fromAnotherMachine(String path) {
        try (RawClient client = new RawClient(STRANGER, world.managementPort())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")
                    .read()
                    .status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/console/",
                "/q/config",
                "/q/telemetry",
                "/q/coverage",
                "/q/overload",
                "/q/metrics/../config"
            })
    void withoutTokensWhatNamesTenantsIsOpenToThisMachineOnly(String path) {
        assertEquals(401, fromAnotherMachine(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/metrics", "/q/openapi"})
    void probesMetricsAndTheDescriptionAreOpen(String path) {
        assertEquals(200, fromAnotherMachine(path));
    }

    @Test
    void statisticsCountWhatWasSent() {
        long before = counted();
        send(Call.get("/a/x"));
        send(Call.get("/a/x"));
        Await.until("both counts", () -> counted() == before + 2);
    }

    private long counted() {
        return objects(read("/statistics?tenant=acme").getJsonArray("routes")).stream()
                .filter(row -> "a".equals(row.getString("route")))
                .mapToLong(row -> row.getLong("requests"))
                .sum();
    }

    @Test
    void aTenantsValuesNameTheirPlaces() {
        JsonArray values = read("/tenants/acme").getJsonArray("values");
        Map<String, JsonObject> byKey = new HashMap<>();
        objects(values).forEach(value -> byKey.put(value.getString("key"), value));
        JsonObject written = byKey.get("upstreams.quick.timeout.response");
        assertEquals("300ms", written.getString("value"));
        assertEquals("file", written.getJsonObject("source").getString("kind"));
        assertEquals("tenants/acme.yaml", written.getJsonObject("source").getString("file"));
        assertTrue(written.getJsonObject("source").getInteger("line") > 1);
        JsonObject builtIn = byKey.get("upstreams.quick.connections");
        assertEquals("64", builtIn.getString("value"));
        assertEquals("built-in", builtIn.getJsonObject("source").getString("kind"));
    }

    /** The page's commands, with the port, the IDs and the hosts of this world. */
    @Test
    void theCommandsOfThePageWork() throws IOException {
        JsonObject request = sent(Call.get("/refused"));
        Matcher url = Pattern.compile("(?m)^curl .*?(http://localhost:9000[^\"']*)")
                .matcher(Files.readString(Path.of("docs/api.md")));
        int commands = 0;
        while (url.find()) {
            String path = url.group(1)
                    .substring("http://localhost:9000".length())
                    .replace("$TRACE_ID", request.getString("traceId"))
                    .replace("$REQUEST_ID", request.getString("id"))
                    .replace("acme.localhost", "acme.test");
            if (!path.contains("/stream")) {
                Response response = get(path);
                assertEquals(200, response.statusCode(), () -> path + ": " + response.asString());
            }
            commands++;
        }
        assertTrue(commands > 10, "commands: " + commands);
    }
}

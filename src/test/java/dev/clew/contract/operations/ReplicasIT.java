package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two packaged gateways side by side: any of them responds for both. */
class ReplicasIT {

    private static final String OPERATOR = "operator-token-0123456789";
    private static final String SUPPORT = "support-token-0123456789";
    private static final String ROOT = "/api/v1";

    private final int firstPort = FreePort.any();
    private final int secondPort = FreePort.any();
    private final int absentPort = FreePort.any();

    private OwnWorld world;
    private GatewayProcess first;
    private GatewayProcess second;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        Path tenants = world.folder().resolve("tenants");
        for (String tenant : new String[] {"red", "blue"}) {
            Files.writeString(
                    tenants.resolve(tenant + ".yaml"),
                    """
                    hosts: [%s.test]
                    upstreams: {echo: {endpoints: ["http://127.0.0.1:%d"]}}
                    routes: [{name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}]
                    """
                            .formatted(tenant, world.echo().port()));
        }
        Path token = world.folder().resolve("secrets/management-token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "# operators\n" + OPERATOR + "\n# support\n" + SUPPORT + " red\n");
        first = gateway("first", firstPort);
        second = gateway("second", secondPort);
    }

    private GatewayProcess gateway(String name, int port) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(port),
                "CLEW_REPLICA",
                name,
                "CLEW_MANAGEMENT_TOKEN_FILE",
                "secrets/management-token",
                "OTEL_TRACES_EXPORTER",
                "none"));
        environment.put(
                "CLEW_PEERS", "127.0.0.1:" + firstPort + ",127.0.0.1:" + secondPort + ",127.0.0.1:" + absentPort);
        return GatewayProcess.start(world.folder(), environment);
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        second.close();
        world.close();
    }

    private static RawResponse get(GatewayProcess gateway, String path, String token) {
        try (RawClient client = new RawClient("127.0.0.1", gateway.metrics().managementPort())) {
            return client.send("GET " + ROOT + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                            + "\r\n\r\n")
                    .read();
        }
    }

    private static JsonObject read(GatewayProcess gateway, String path, String token) {
        RawResponse response = get(gateway, path, token);
        assertEquals(200, response.status(), response::toString);
        return new JsonObject(response.body());
    }

    private static Set<String> members(JsonObject list, String name, String member) {
        Set<String> members = new TreeSet<>();
        JsonArray rows = list.getJsonArray(name);
        for (int i = 0; i < rows.size(); i++) {
            members.add(rows.getJsonObject(i).getString(member));
        }
        return members;
    }

    @Test
    void eachReplicaRespondsForBothAndSaysWhoDidNot() {
        String traceId = Trace.random();
        RawResponse atFirst = first.send(Call.get("/any/1").host("red.test").in(traceId));
        RawResponse atSecond = second.send(Call.get("/any/2").host("blue.test").in(traceId));
        String query = "/requests?trace-id=" + traceId;
        for (GatewayProcess asked : new GatewayProcess[] {first, second}) {
            Await.until("both requests", () -> members(read(asked, query, OPERATOR), "requests", "id")
                    .equals(Set.of(atFirst.spanId(), atSecond.spanId())));
            JsonObject page = read(asked, query, OPERATOR);
            assertEquals(Set.of("first", "second"), members(page, "requests", "replica"));
            JsonObject replicas = page.getJsonObject("replicas");
            assertEquals(3, replicas.getInteger("asked"));
            assertEquals(2, replicas.getInteger("answered"));
            assertEquals(
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("replica", "127.0.0.1:" + absentPort)
                                    .put("why", "no connection")),
                    replicas.getJsonArray("missing"));
            for (RawResponse sent : new RawResponse[] {atFirst, atSecond}) {
                assertEquals(
                        sent.traceId(),
                        read(asked, "/requests/" + sent.spanId(), OPERATOR).getString("traceId"));
            }
            assertEquals(
                    2,
                    read(asked, "/traces/" + traceId, OPERATOR)
                            .getJsonArray("resourceSpans")
                            .size());
            assertEquals(
                    1,
                    members(read(asked, query + "&replicas=self", OPERATOR), "requests", "id")
                            .size());
        }
        assertEquals(
                Set.of("first", "second"),
                members(read(first, "/upstreams?tenant=red", OPERATOR), "upstreams", "replica"));
        assertEquals(
                "second",
                read(first, "/gateway", OPERATOR)
                        .getJsonArray("others")
                        .getJsonObject(0)
                        .getString("replica"));
        assertEquals(404, get(first, "/requests/0123456789abcdef", OPERATOR).status());
    }

    @Test
    void pagesAndCountsAreThoseOfBoth() {
        String traceId = Trace.random();
        for (int i = 0; i < 3; i++) {
            first.send(Call.get("/any/1").host("red.test").in(traceId));
            second.send(Call.get("/any/2").host("red.test").in(traceId));
        }
        String query = "/requests?trace-id=" + traceId;
        Await.until(
                "all requests",
                () -> members(read(first, query, OPERATOR), "requests", "id").size() == 6);
        Set<String> seen = new TreeSet<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null) {
            JsonObject page = read(first, query + "&limit=4" + (pages == 0 ? "" : "&cursor=" + cursor), OPERATOR);
            members(page, "requests", "id").forEach(id -> assertTrue(seen.add(id), "twice: " + id));
            cursor = page.getString("next");
            pages++;
        }
        assertEquals(6, seen.size());
        JsonObject counts = read(second, "/statistics?tenant=red", OPERATOR);
        assertEquals(6, counts.getJsonArray("tenants").getJsonObject(0).getInteger("requests"));
    }

    @Test
    void aTokenForSomeTenantsShowsTheseAtEveryReplica() {
        String traceId = Trace.random();
        RawResponse red = second.send(Call.get("/any/1").host("red.test").in(traceId));
        RawResponse blue = second.send(Call.get("/any/1").host("blue.test").in(traceId));
        second.send(Call.get("/any/1").host("nobody.test").in(traceId));
        String query = "/requests?trace-id=" + traceId;
        Await.until(
                "all requests",
                () -> members(read(first, query, OPERATOR), "requests", "id").size() == 3);
        assertEquals(Set.of(red.spanId()), members(read(first, query, SUPPORT), "requests", "id"));
        assertEquals(404, get(first, "/requests/" + blue.spanId(), SUPPORT).status());
        assertEquals(Set.of("red"), members(read(first, "/tenants", SUPPORT), "tenants", "id"));
        assertEquals(404, get(first, "/tenants/blue", SUPPORT).status());
        assertEquals(
                404, get(first, "/explain?host=blue.test&path=/any/1", SUPPORT).status());
        assertEquals(
                "red",
                read(first, "/explain?host=red.test&path=/any/1", SUPPORT)
                        .getJsonObject("outcome")
                        .getString("tenant"));
        for (String list : new String[] {"upstreams", "limits", "coverage"}) {
            assertTrue(Set.of("red").containsAll(members(read(first, "/" + list, SUPPORT), list, "tenant")), list);
        }
        assertEquals(Set.of("red"), members(read(first, "/statistics", SUPPORT), "tenants", "tenant"));
        String trace = read(first, "/traces/" + traceId, SUPPORT).encode();
        assertTrue(trace.contains(red.spanId()) && !trace.contains(blue.spanId()), trace);
    }

    @Test
    void aStreamHasTheRequestsOfBoth() {
        String traceId = Trace.random();
        try (RawClient client = new RawClient("127.0.0.1", first.metrics().managementPort())) {
            client.send("GET " + ROOT + "/requests/stream?trace-id=" + traceId
                    + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + OPERATOR + "\r\n\r\n");
            assertEquals(200, client.readHead().status());
            StringBuilder events = new StringBuilder();
            // The last of these events says that the other replica is followed and the absent one is missing.
            while (events.indexOf("\"answered\":2") < 0 || events.indexOf("\"missing\":[{") < 0) {
                events.append(client.chunk());
            }
            first.send(Call.get("/any/1").host("red.test").in(traceId));
            second.send(Call.get("/any/1").host("red.test").in(traceId));
            while (events.indexOf("\"replica\":\"first\"") < 0 || events.indexOf("\"replica\":\"second\"") < 0) {
                events.append(client.chunk());
            }
            assertTrue(events.indexOf("event: request\n") > 0, events::toString);
        }
    }
}

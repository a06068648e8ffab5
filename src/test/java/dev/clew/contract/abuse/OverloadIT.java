package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import dev.clew.testing.EndlessServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged gateway, with a budget of memory so small that a few clients that do not read use it up. */
class OverloadIT {

    private static final int MAX_CLIENTS = 60;

    /** The number of silent connections: more than the budget allows. */
    private static final int SILENT = 1_100;

    /** RFC 9113 section 6.5.2. */
    private static final int INITIAL_WINDOW_SIZE = 4;

    private static final String LOUD =
            """
            hosts: [loud.test]
            upstreams: {endless: {endpoints: ["ENDPOINT"], connections: 1000}}
            routes: [{name: all, match: {path: /**}, upstream: endless}]
            """;

    private final List<RawClient> stalled = new ArrayList<>();
    private OwnWorld world;
    private EndlessServer endless;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        endless = EndlessServer.start();
        Files.writeString(world.folder().resolve("tenants/loud.yaml"), LOUD.replace("ENDPOINT", endless.endpoint()));
        gateway = GatewayProcess.start(world.folder(), Map.of("CLEW_MEMORY_BUDGET", "4M"));
    }

    @AfterEach
    void close() throws IOException {
        stalled.forEach(RawClient::close);
        gateway.close();
        endless.close();
        world.close();
    }

    /** Connects a client that requests an endless response and reads only its beginning. */
    private RawResponse stall() {
        RawClient client = new RawClient("127.0.0.1", gateway.port(), 4_096);
        stalled.add(client);
        return client.send(Call.get("/x").host("loud.test")).readHead();
    }

    private JsonObject overload() {
        return new JsonObject(gateway.metrics().page("/q/overload"));
    }

    private RawResponse stallUntilRejected() {
        while (stalled.size() < MAX_CLIENTS) {
            RawResponse head = stall();
            if (head.status() != 200) {
                return head;
            }
            Await.until("held bytes", () -> overload().getLong("heldBytes") > 0);
        }
        throw new AssertionError("no request was rejected: " + overload().encodePrettily());
    }

    @Test
    void tenantThatHoldsTooMuchIsRejectedAndNoOtherNoticesIt() {
        RawResponse rejected = stallUntilRejected();
        assertEquals(503, rejected.status());
        assertEquals("1", rejected.one("Retry-After"));
        stalled.get(stalled.size() - 1).bodyOf(rejected).assertProblem(503, "overloaded");
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    200, gateway.send(Call.get("/any/x").host(StreamFiles.HOST)).status());
        }
        JsonObject told = overload();
        assertEquals("none", told.getString("pressure"));
        JsonObject largest = told.getJsonArray("tenants").getJsonObject(0);
        assertEquals("loud", largest.getString("tenant"));
        assertEquals(false, largest.getBoolean("admitted"));
        assertTrue(told.getJsonObject("shed").getLong("request") > 0);
        assertTrue(gateway.metrics().page("/q/health/live").contains("\"UP\""));
        assertTrue(gateway.metrics().page("/q/health/ready").contains("\"UP\""));
        String metrics = gateway.metrics().page("/q/metrics");
        assertTrue(metrics.contains("clew_shed_total{what=\"request\"}"), metrics);
        assertTrue(metrics.contains("clew_memory_held_bytes{tenant=\"loud\"}"), metrics);
        assertTrue(metrics.contains("clew_memory_budget_bytes 4194304.0"), metrics);
    }

    @Test
    void tenantIsAdmittedAgainWhenItsClientsHaveGoneAndNothingIsHeldForIt() {
        stallUntilRejected();
        stalled.forEach(RawClient::close);
        Await.until("release of the tenant's bytes", () -> overload().getJsonArray("tenants").stream()
                .map(JsonObject.class::cast)
                .noneMatch(holder -> holder.getString("tenant").equals("loud")));
        assertEquals(200, stall().status());
    }

    /** Silent connections are closed first; the management port continues to respond. */
    @Test
    void silentConnectionsThatHoldTooMuchAreClosedAndRequestsAreServed() {
        for (int i = 0; i < SILENT && shed("silent-connection") == 0; i++) {
            stalled.add(gateway.connect());
        }
        Await.until("closed silent connection", () -> shed("silent-connection") > 0);
        Await.until("end of pressure", () -> overload().getString("pressure").equals("none"));
        assertEquals(
                200, gateway.send(Call.get("/any/x").host(StreamFiles.HOST)).status());
        assertTrue(gateway.metrics().page("/q/health/live").contains("\"UP\""));
    }

    private long shed(String what) {
        return overload().getJsonObject("shed").getLong(what);
    }

    /** The responses are complete and fit into every queue, but the client's window is closed. */
    @Test
    void responsesThatWaitForAnHttp2WindowAreHeldForTheirTenantUntilTheConnectionEnds() {
        try (Http2Client client = new Http2Client(gateway.port())) {
            client.frame(Http2Client.SETTINGS, 0, 0, new byte[] {0, INITIAL_WINDOW_SIZE, 0, 0, 0, 0});
            for (int i = 0; i < 20; i++) {
                client.open(
                        Http2Client.END_STREAM,
                        ":method GET",
                        ":scheme http",
                        ":authority " + StreamFiles.HOST,
                        ":path /any/x");
            }
            Await.until("held responses", () -> heldForStream() > 0);
        }
        Await.until("release of the responses' bytes", () -> heldForStream() == 0);
    }

    /** Returns the bytes held for the tenant, without those of its upstream connections, which stay open. */
    private long heldForStream() {
        return overload().getJsonArray("tenants").stream()
                .map(JsonObject.class::cast)
                .filter(holder -> holder.getString("tenant").equals("stream"))
                .mapToLong(holder -> holder.getLong("heldBytes") % 4_096)
                .sum();
    }
}

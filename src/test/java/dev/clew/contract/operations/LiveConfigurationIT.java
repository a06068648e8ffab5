package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Load;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged gateway, whose tenants are added, changed and removed while it runs. */
class LiveConfigurationIT {

    private OwnWorld world;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        Files.writeString(file("one"), tenant("one", ""));
        gateway = GatewayProcess.start(world.folder(), Map.of("CLEW_CONFIG_POLL", "10ms"));
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        world.close();
    }

    private Path file(String id) {
        return world.folder().resolve("tenants/" + id + ".yaml");
    }

    /** @param more further settings of the tenant, in complete lines */
    private String tenant(String id, String more) {
        return """
                hosts: [HOST.test]
                upstreams:
                  echo: {endpoints: ["http://127.0.0.1:ECHO"]}
                  hand: {endpoints: ["http://127.0.0.1:HAND"]}
                routes:
                  - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /HOST/**}}
                  - {name: hand, match: {path: /hand/**}, upstream: hand}
                """
                        .replace("HOST", id)
                        .replace("ECHO", Integer.toString(world.echo().port()))
                        .replace("HAND", Integer.toString(world.hand().port()))
                + more;
    }

    private int status(String host) {
        return gateway.send(Call.get("/any/x").host(host)).status();
    }

    private void awaitStatus(int status, String host) {
        Await.until(host + " with " + status, () -> status(host) == status);
    }

    private JsonObject config() {
        return new JsonObject(gateway.metrics().page("/q/config"));
    }

    private double series(String tenant) {
        return gateway.metrics()
                .page("/q/metrics")
                .lines()
                .filter(line -> line.contains("tenant=\"" + tenant + "\""))
                .count();
    }

    @Test
    void aTenantComesChangesAndGoes() throws IOException {
        assertEquals(404, status("two.test"));
        Files.writeString(file("two"), tenant("two", ""));
        awaitStatus(200, "two.test");

        Path written = world.folder().resolve("two.tmp");
        Files.writeString(written, tenant("two", "").replace("[two.test]", "[two.test, second.test]"));
        Files.move(written, file("two"), StandardCopyOption.ATOMIC_MOVE);
        awaitStatus(200, "second.test");
        Files.writeString(file("two"), tenant("two", "suspended: true\n"));
        awaitStatus(503, "two.test");
        assertEquals(404, status("second.test"));

        Files.delete(file("two"));
        awaitStatus(404, "two.test");
        Await.until("removal of its metrics", () -> series("two") == 0);
        assertEquals(200, status("one.test"));
        assertEquals(4, gateway.metrics().sum("clew_config_applied_total"));
        String output = String.join("\n", gateway.output());
        for (String line : List.of("added two", "changed two", "removed two")) {
            assertTrue(output.contains(line), line + " in " + output);
        }
    }

    /** A mounted ConfigMap: each file is a link into {@code ..data}, a link that is replaced as a whole. */
    @Test
    void aConfigMapThatIsUpdatedIsSeenAsAWhole() throws IOException {
        Path tenants = world.folder().resolve("tenants");
        version("..1", "two", "three");
        Files.createSymbolicLink(tenants.resolve("..data"), Path.of("..1"));
        for (String id : List.of("two", "three")) {
            Files.createSymbolicLink(file(id), Path.of("..data", id + ".yaml"));
        }
        awaitStatus(200, "three.test");
        version("..2", "three", "two");
        Path next = Files.createSymbolicLink(tenants.resolve("..data_tmp"), Path.of("..2"));
        Files.move(next, tenants.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        // The tenants swap their hosts, and each has one at every moment.
        Await.until("swap", () -> {
            RawResponse response = gateway.send(Call.get("/any/x").host("two.test"));
            assertEquals(200, response.status());
            return response.echoed().uri().equals("/three/x");
        });
        assertEquals(0, gateway.metrics().sum("clew_config_problems"));
    }

    /** Writes two tenants with their own or each other's hosts. */
    private void version(String folder, String hostOfTwo, String hostOfThree) throws IOException {
        Path version = Files.createDirectory(world.folder().resolve("tenants/" + folder));
        Files.writeString(
                version.resolve("two.yaml"), tenant("two", "").replace("[two.test]", "[" + hostOfTwo + ".test]"));
        Files.writeString(
                version.resolve("three.yaml"),
                tenant("three", "").replace("[three.test]", "[" + hostOfThree + ".test]"));
    }

    @Test
    void aBrokenFileKeepsItsTenantAndSaysSo() throws IOException {
        Files.writeString(file("one"), "hosts: [one.test]\nroute: []\n");
        Await.until("problem", () -> gateway.metrics().sum("clew_config_problems") > 0);
        assertEquals(200, status("one.test"));
        JsonObject shown = config();
        assertEquals(new JsonArray().add("one"), shown.getJsonArray("onLastGoodState"));
        assertEquals(new JsonArray(), shown.getJsonArray("leftOut"));
        Await.until("line about its state", () -> String.join("\n", gateway.output())
                .contains("served by their last valid files: one"));
        JsonObject problem = shown.getJsonArray("problems").getJsonObject(0);
        assertEquals("tenants/one.yaml", problem.getString("file"));
        assertEquals(2, problem.getInteger("line"));
        assertEquals("route", problem.getString("key"));
        assertTrue(problem.getString("message").contains("routes"), problem::encode);
        Files.writeString(world.folder().resolve("gateway/gateway.yaml"), "via: {\n");
        Await.until("second problem", () -> config().encode().contains("gateway/gateway.yaml"));
        assertEquals(200, status("one.test"));
        assertEquals(200, gateway.metrics().readiness());

        Files.writeString(world.folder().resolve("gateway/gateway.yaml"), "via: other\n");
        Files.writeString(file("one"), tenant("one", ""));
        Await.until("end of the problems", () -> gateway.metrics().sum("clew_config_problems") == 0);
        assertEquals(new JsonArray(), config().getJsonArray("onLastGoodState"));
        assertEquals(new JsonArray().add("via"), config().getJsonArray("needsRestart"));
        String output = String.join("\n", gateway.output());
        assertEquals(2, output.split("tenants/one.yaml:2: route: ", -1).length, output);
    }

    @Test
    void aRequestUnderWayEndsAsItBegan() throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send(Call.get("/hand/slow").host("one.test"));
            Turn turn = world.hand().take("/hand/slow");
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            client.readHead();
            assertEquals("half", client.chunk());
            Files.delete(file("one"));
            awaitStatus(404, "one.test");
            assertEquals(1, gateway.metrics().sum("clew_upstream_requests_active", "tenant=\"one\""));
            assertEquals(1, gateway.metrics().sum("clew_requests_active"));
            turn.send("4\r\nrest\r\n0\r\n\r\n").done();
            assertEquals("rest", client.chunk());
            assertEquals("", client.chunk());
        }
        gateway.metrics().awaitNoneActive();
        Await.until("removal of its metrics", () -> series("one") == 0);
    }

    @Test
    void aCopyUnderWayOutlivesItsRequestAndItsTenant() throws IOException {
        Files.writeString(
                file("two"),
                tenant(
                        "two",
                        "  - {name: copied, match: {path: /copied}, upstream: echo, mirror: {upstream: hand}}\n"));
        awaitStatus(200, "two.test");
        assertEquals(200, gateway.send(Call.get("/copied").host("two.test")).status());
        Turn turn = world.hand().take("/copied");
        Files.delete(file("two"));
        awaitStatus(404, "two.test");
        // These changes take enough look-ups for the release of unused state.
        for (String more : List.of("suspended: true\n", "")) {
            Files.writeString(file("one"), tenant("one", more));
            awaitStatus(more.isEmpty() ? 200 : 503, "one.test");
        }

        assertEquals(1, gateway.metrics().sum("clew_upstream_requests_active", "tenant=\"two\""));
        turn.respond("ok");
        Await.until("removal of its metrics", () -> series("two") == 0);
    }

    @Test
    void twoHundredReloadsUnderLoadFailNoRequestAndLeaveNothingBehind() throws Exception {
        try (Load load = Load.prepare(world.folder())) {
            String text = Files.readString(file("load"));
            awaitStatusOfLoad();
            load.run(gateway.port(), 500);
            double threads = gateway.metrics().sum("jvm_threads_live_threads");
            double series = series("load");
            assertTrue(threads > 0 && series > 0, threads + " threads, " + series + " series");
            LoadUntil background = LoadUntil.begin(load, gateway.port());
            for (int i = 1; i <= 200; i++) {
                double applied = gateway.metrics().sum("clew_config_applied_total");
                // The upstream differs each time, so that its pool is replaced as well.
                Files.writeString(
                        file("load"), text.replace("endpoints:", "connections: " + (100 + i) + ", endpoints:"));
                Await.until("reload " + i, () -> gateway.metrics().sum("clew_config_applied_total") > applied);
            }
            Map<Integer, Integer> statuses = background.end();
            assertEquals(Set.of(200), statuses.keySet(), statuses::toString);
            assertTrue(statuses.get(200) > 200, "too few requests during the reloads: " + statuses);
            gateway.metrics().awaitNoneActive();
            Await.until("end of the connections of earlier pools", () -> load.connections() <= Load.CONNECTIONS);
            assertEquals(series, series("load"));
            double after = gateway.metrics().sum("jvm_threads_live_threads");
            // The pools that serve the management port may have grown; one thread for each reload would be far more.
            assertTrue(after <= threads + 50, threads + " threads before, " + after + " after");
        }
    }

    private void awaitStatusOfLoad() {
        Await.until("tenant", () -> gateway.send(Call.get("/x").host(Load.HOST)).status() == 200);
    }

    /** Keeps up the load during another task. */
    private static final class LoadUntil {

        private final AtomicBoolean over = new AtomicBoolean();
        private final CompletableFuture<Map<Integer, Integer>> statuses;

        private LoadUntil(Load load, int port) {
            statuses = CompletableFuture.supplyAsync(() -> {
                Map<Integer, Integer> all = new TreeMap<>();
                while (!over.get()) {
                    load.run(port, 200).forEach((status, count) -> all.merge(status, count, Integer::sum));
                }
                return all;
            });
        }

        static LoadUntil begin(Load load, int port) {
            return new LoadUntil(load, port);
        }

        Map<Integer, Integer> end() {
            over.set(true);
            return statuses.join();
        }
    }
}

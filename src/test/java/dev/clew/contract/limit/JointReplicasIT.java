package dev.clew.contract.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import dev.clew.testing.RealRedis;
import dev.clew.testing.RedisStandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packaged gateways that share a tenant's rate, through the stand-in and, if available, a real Redis. */
class JointReplicasIT {

    private static final int BURST = 200;

    /** The tenant's name, which makes the key in Redis unique to this test and run. */
    private final String tenant = "t" + UUID.randomUUID().toString().replace("-", "");

    private OwnWorld world;
    private RedisStandIn standIn;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        standIn = new RedisStandIn();
        Path tenants = world.folder().resolve("tenants");
        Files.writeString(tenants.resolve(tenant + ".yaml"), file(tenant, ", shared-rate: true"));
        Files.writeString(tenants.resolve("own.yaml"), file("own", ""));
    }

    private String file(String host, String more) {
        return """
        hosts: [%s.test]
        limits: {requests-per-second: 1, burst: %d%s}
        upstreams: {echo: {endpoints: ["http://127.0.0.1:%d"]}}
        routes: [{name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}]
        """
                .formatted(host, BURST, more, world.echo().port());
    }

    @AfterEach
    void stop() throws IOException {
        standIn.close();
        world.close();
    }

    private GatewayProcess gateway(String redis) throws IOException {
        return GatewayProcess.start(
                world.folder(),
                Map.of(
                        "QUARKUS_REDIS_HOSTS", redis,
                        "CLEW_SHARED_RATE_WAIT", "10s",
                        "OTEL_TRACES_EXPORTER", "none"));
    }

    /** Sends requests to the gateways in turn and counts those admitted. */
    private static int passed(int requests, String host, GatewayProcess... gateways) {
        List<RawClient> clients = new ArrayList<>();
        for (GatewayProcess gateway : gateways) {
            clients.add(gateway.connect());
        }
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            RawResponse response = clients.get(i % clients.size())
                    .send(Call.get("/any/x").host(host + ".test"))
                    .read();
            assertTrue(response.status() == 200 || response.status() == 429, response::toString);
            passed += response.status() == 200 ? 1 : 0;
        }
        clients.forEach(RawClient::close);
        return passed;
    }

    /** Returns the servers to test: false for the stand-in, true for the real Redis, if available. */
    static boolean[] servers() {
        return RealRedis.port().isPresent() ? new boolean[] {false, true} : new boolean[] {false};
    }

    @ParameterizedTest
    @MethodSource("servers")
    void twoReplicasTogetherLetThroughWhatOneMay(boolean real) throws IOException {
        String redis = real ? "redis://127.0.0.1:" + RealRedis.port().getAsInt() : standIn.url();
        try (GatewayProcess one = gateway(redis);
                GatewayProcess other = gateway(redis)) {
            long start = System.nanoTime();
            int passed = passed(2 * BURST, tenant, one, other);
            long seconds = 1 + Duration.ofNanos(System.nanoTime() - start).toSeconds();
            // Alone, each replica would have admitted its half, and thus all requests.
            assertTrue(passed >= BURST && passed <= BURST + seconds, "passed: " + passed + ", seconds: " + seconds);
            String asked = "outcome=\"admitted\"";
            assertTrue(one.metrics().sum("clew_shared_rate_requests_total", asked) > 0, "Redis unused by the first");
            assertTrue(other.metrics().sum("clew_shared_rate_requests_total", asked) > 0, "Redis unused by the second");
        }
    }

    @Test
    void whileRedisIsAwayReplicasTogetherStillLetThroughWhatOneMay() throws IOException {
        try (GatewayProcess one = gateway(standIn.url());
                GatewayProcess other = gateway(standIn.url())) {
            Await.until("mutual registration of the replicas", () -> {
                passed(2, tenant, one, other);
                return seen(one) == 2 && seen(other) == 2;
            });
            standIn.close();
            long start = System.nanoTime();
            int passed = passed(2 * BURST, tenant, one, other);
            long seconds = 1 + Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertTrue(passed > 0 && passed <= BURST + seconds, "passed: " + passed + ", seconds: " + seconds);
        }
    }

    private static double seen(GatewayProcess gateway) {
        return gateway.metrics().sum("clew_shared_rate_replicas");
    }

    @Test
    void withoutATenantThatAsksForItNothingIsConnectedTo() throws IOException {
        try (GatewayProcess gateway = gateway(standIn.url())) {
            assertEquals(10, passed(10, "own", gateway));
            assertEquals(200, gateway.metrics().readiness());
            assertEquals(0, standIn.connections());
            assertEquals(1, passed(1, tenant, gateway));
            assertEquals(1, standIn.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"refused", "", "redis://no-such-name.invalid:6379", "redis://bad host", "no-redis://127.0.0.1:1"
            })
    void withoutARedisTheGatewayStartsIsReadyAndKeepsToTheRateAlone(String hosts) throws IOException {
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String redis = hosts.equals("refused") ? "redis://127.0.0.1:" + nobody.getLocalPort() : hosts;
            try (GatewayProcess gateway = gateway(redis)) {
                assertEquals(200, gateway.metrics().readiness());
                long start = System.nanoTime();
                int passed = passed(2 * BURST, tenant, gateway);
                long seconds = 1 + Duration.ofNanos(System.nanoTime() - start).toSeconds();
                assertTrue(passed >= BURST && passed <= BURST + seconds, "passed: " + passed + ", seconds: " + seconds);
                assertEquals(200, gateway.metrics().readiness());
                List<String> warned = gateway.output().stream()
                        .filter(line -> line.contains("shared-rate:"))
                        .toList();
                assertEquals(1, warned.size(), warned::toString);
            }
        }
    }
}

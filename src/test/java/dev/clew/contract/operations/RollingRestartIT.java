package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Load;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two packaged gateways behind a balancer, replaced one after the other while they are used. */
class RollingRestartIT {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("CLEW_SHUTDOWN_DELAY", "3s", "OTEL_SDK_DISABLED", "true");

    private final AtomicBoolean over = new AtomicBoolean();
    private OwnWorld world;
    private TcpBalancer balancer;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        balancer = TcpBalancer.start();
    }

    @AfterEach
    void close() throws IOException {
        balancer.close();
        world.close();
    }

    private GatewayProcess gateway() throws IOException {
        return GatewayProcess.start(world.folder(), ENVIRONMENT);
    }

    private CompletableFuture<Map<Integer, Integer>> keepUp(Supplier<Map<Integer, Integer>> some) {
        return CompletableFuture.supplyAsync(() -> {
            Map<Integer, Integer> all = new TreeMap<>();
            while (!over.get()) {
                some.get().forEach((status, count) -> all.merge(status, count, Integer::sum));
            }
            return all;
        });
    }

    /** Ends the old gateway when the new one is ready, as a Deployment does. */
    private void replace(GatewayProcess old, GatewayProcess successor, GatewayProcess other)
            throws InterruptedException {
        Await.until("readiness", () -> successor.metrics().readiness() == 200);
        balancer.watch(List.of(old, other, successor));
        old.terminate();
        Await.until("end of readiness", () -> old.metrics().readiness() == 503);
        balancer.watch(List.of(other, successor));
        old.awaitExit();
    }

    @Test
    void losesNoRequest() throws Exception {
        try (Load load = Load.prepare(world.folder());
                GatewayProcess first = gateway();
                GatewayProcess second = gateway()) {
            Await.until(
                    "readiness",
                    () -> first.metrics().readiness() == 200 && second.metrics().readiness() == 200);
            balancer.watch(List.of(first, second));
            CompletableFuture<Map<Integer, Integer>> http1 = keepUp(() -> load.run(balancer.port(), 100));
            CompletableFuture<Map<Integer, Integer>> http2 = keepUp(() -> load.runOverHttp2(balancer.port(), 100));
            try (GatewayProcess third = gateway()) {
                replace(first, third, second);
                try (GatewayProcess fourth = gateway()) {
                    replace(second, fourth, third);
                    over.set(true);
                    assertAllServed(http1.join());
                    assertAllServed(http2.join());
                }
            }
        }
    }

    private static void assertAllServed(Map<Integer, Integer> statuses) {
        assertEquals(Set.of(200), statuses.keySet(), statuses::toString);
        assertTrue(statuses.get(200) > 100, statuses::toString);
    }
}

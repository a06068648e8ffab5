package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged gateway, whose log is not read. */
class StalledLogIT {

    /** More lines than a pipe and the gateway's queue hold together. */
    private static final int MAX = 20_000;

    private OwnWorld world;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        Files.writeString(
                world.folder().resolve("tenants/one.yaml"),
                """
                hosts: [one.test]
                upstreams:
                  echo: {endpoints: ["http://127.0.0.1:%d"]}
                  refused: {endpoints: ["http://127.0.0.1:1"]}
                routes:
                  - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
                  - {name: refused, match: {path: /refused}, upstream: refused}
                """
                        .formatted(world.echo().port()));
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    private GatewayProcess gateway(String handler) throws IOException {
        Map<String, String> settings = Map.of("CLEW_LOG_QUEUE", "64K", "OTEL_TRACES_EXPORTER", "none");
        return GatewayProcess.start(world.folder(), settings, handler);
    }

    private static double lost(GatewayProcess gateway) {
        return gateway.metrics().sum("clew_log_lines_lost_total");
    }

    /** Fails requests, each of which has a readable log line beside its access-log line. */
    private static void failUntilLinesAreLost(GatewayProcess gateway) {
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < MAX && (i % 100 != 0 || lost(gateway) == 0); i++) {
                // At first the unreachable upstream fails the requests, later its circuit.
                RawResponse rejected =
                        client.send(Call.get("/refused").host("one.test")).read();
                assertTrue(rejected.status() >= 502, rejected::toString);
            }
        }
        assertTrue(lost(gateway) > 0, "no line was lost");
    }

    /** The second logs to stderr, the third with Quarkus's own queue, which blocks when it is full. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dclew.x=y",
                "-Dquarkus.log.console.stderr=true",
                "-Dquarkus.log.console.async.enabled=true",
            })
    void requestsAndProbesAreServedAndTheLossIsToldOnceThereIsRoom(String handler) throws Exception {
        try (GatewayProcess gateway = gateway(handler)) {
            gateway.stopReading();
            failUntilLinesAreLost(gateway);
            assertEquals(200, gateway.metrics().liveness());
            assertEquals(200, gateway.send(Call.get("/any/x").host("one.test")).status());

            gateway.readOn();
            Await.until("line about dropped records", () -> gateway.output().stream()
                    .anyMatch(line -> line.contains("log records were dropped")));
            gateway.terminate();
            gateway.awaitExit();
            Await.until("last line", () -> gateway.output().stream().anyMatch(line -> line.contains("stopped in")));
        }
    }

    @Test
    void theGatewayStopsThoughNobodyReadsItsLog() throws Exception {
        try (GatewayProcess gateway = gateway("-Dclew.x=y")) {
            gateway.stopReading();
            failUntilLinesAreLost(gateway);
            gateway.terminate();
            gateway.awaitExit();
        }
    }

    @Test
    void aStartThatFailsSaysWhy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            String port = Integer.toString(taken.getLocalPort());
            List<String> output = GatewayProcess.startInVain(world.folder(), Map.of("QUARKUS_HTTP_PORT", port));
            assertEquals("1", output.get(output.size() - 1));
            assertTrue(output.stream().anyMatch(line -> line.contains("in use")), output::toString);
        }
        Files.writeString(world.folder().resolve("gateway/gateway.yaml"), "via: 'not a name'\n");
        List<String> output = GatewayProcess.startInVain(world.folder(), Map.of());
        assertTrue(output.stream().anyMatch(line -> line.contains("the gateway does not start")), output::toString);
    }
}

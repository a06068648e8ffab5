package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Load;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.Metrics;
import dev.clew.testing.Await;
import dev.clew.testing.EndlessServer;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that no behaviour of a telemetry backend affects the packaged gateway's requests, and that each span is
 * counted.
 */
class NeverInTheWayIT {

    private static final int FEW = 500;
    private static final int MANY = 200_000;

    @TempDir
    Path folder;

    private Load load;

    @BeforeEach
    void startLoad() throws IOException {
        load = Load.prepare(folder);
    }

    @AfterEach
    void stopLoad() {
        load.close();
    }

    private static Map<String, String> exporting(String endpoint, String protocol) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "500");
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "20");
        return environment;
    }

    /** All three signals go to the same backend, metrics at every turn. */
    private static Map<String, String> exportingAll(String endpoint, String protocol) {
        Map<String, String> environment = exporting(endpoint, protocol);
        environment.put("OTEL_LOGS_EXPORTER", "otlp");
        environment.put("OTEL_BLRP_SCHEDULE_DELAY", "20");
        environment.put("OTEL_METRICS_EXPORTER", "otlp");
        environment.put("OTEL_METRIC_EXPORT_INTERVAL", "100");
        return environment;
    }

    private void assertServes(GatewayProcess gateway, int requests) {
        assertEquals(Map.of(200, requests), load.run(gateway.port(), requests));
        assertEquals(200, gateway.metrics().readiness());
    }

    private static void assertNothingBlockedOrRanOut(GatewayProcess gateway) {
        String output = String.join("\n", gateway.output());
        assertTrue(!output.contains("BlockedThreadChecker") && !output.contains("OutOfMemory"), output);
    }

    private static void assertEverySpanIsAccountedFor(GatewayProcess gateway, int spans) {
        assertAllAccountedFor(gateway, "spans", spans);
    }

    /** Checks the figures of one destination; the gateway must be idle between reading them. */
    private static void assertAllAccountedFor(GatewayProcess gateway, String items, int count) {
        Metrics metrics = gateway.metrics();
        metrics.awaitNoneActive();
        String destination = "destination=\"default\"";
        String exported = "clew_export_" + items;
        assertEquals(count, metrics.sum(exported + "_started_total", destination), items);
        Await.until(
                "complete accounting of the " + items,
                () -> count
                        == metrics.sum(exported + "_exported_total", destination)
                                + metrics.sum(exported + "_dropped_total", destination)
                                + metrics.sum("clew_export_queue_" + items, destination));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void aBackendThatMisbehavesCostsSpansAtMostAndExportResumesByItself(String protocol) throws IOException {
        try (OtlpServer otlp = OtlpServer.start();
                GatewayProcess gateway = GatewayProcess.start(folder, exportingAll(otlp.endpoint(), protocol))) {
            int requests = 0;
            for (Behaviour behaviour : Behaviour.values()) {
                otlp.behave(behaviour);
                int arrived = otlp.requests();
                assertServes(gateway, FEW);
                otlp.awaitRequests(arrived + 1);
                otlp.refuse();
                assertServes(gateway, FEW);
                otlp.behave(Behaviour.ACCEPT);
                otlp.listen();
                requests += 2 * FEW + untilASpanArrives(gateway, otlp);
            }
            assertEverySpanIsAccountedFor(gateway, 2 * requests);
            assertAllAccountedFor(gateway, "logs", requests);
            Metrics metrics = gateway.metrics();
            assertTrue(metrics.sum("clew_export_metrics_exported_total", "default") > 0);
            assertTrue(metrics.sum("clew_export_metrics_dropped_total", "default") > 0);
            assertNothingBlockedOrRanOut(gateway);
        }
    }

    private int untilASpanArrives(GatewayProcess gateway, OtlpServer otlp) {
        int before = otlp.spans().size();
        int requests = 0;
        while (otlp.spans().size() == before) {
            assertServes(gateway, 1);
            requests++;
        }
        return requests;
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void aBackendThatRespondsWithoutEndIsCutOff(String protocol) throws IOException {
        try (EndlessServer endless = EndlessServer.start();
                GatewayProcess gateway = GatewayProcess.start(folder, exportingAll(endless.endpoint(), protocol))) {
            assertServes(gateway, FEW);
            endless.awaitCut();
            assertEverySpanIsAccountedFor(gateway, 2 * FEW);
            assertAllAccountedFor(gateway, "logs", FEW);
            assertNothingBlockedOrRanOut(gateway);
        }
    }

    @Test
    void memoryIsBoundedThroughTwoHundredThousandRequestsWhileTheBackendHangs() throws IOException {
        try (OtlpServer otlp = OtlpServer.start()) {
            otlp.behave(Behaviour.HANG);
            Map<String, String> environment = exporting(otlp.endpoint(), "http/protobuf");
            environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
            try (GatewayProcess gateway = GatewayProcess.start(folder, environment, "-Xmx96m")) {
                assertServes(gateway, MANY);
                assertEverySpanIsAccountedFor(gateway, 2 * MANY);
                assertTrue(
                        gateway.metrics().sum("clew_export_queue_bytes", "default") <= 8 << 20, "more than the queue");
                assertNothingBlockedOrRanOut(gateway);
            }
        }
    }
}

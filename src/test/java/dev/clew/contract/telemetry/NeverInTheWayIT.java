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

    private void assertServes(GatewayProcess gateway, int requests) {
        assertEquals(Map.of(200, requests), load.run(gateway.port(), requests));
        assertEquals(200, gateway.metrics().readiness());
    }

    private static void assertNothingBlockedOrRanOut(GatewayProcess gateway) {
        String output = String.join("\n", gateway.output());
        assertTrue(!output.contains("BlockedThreadChecker") && !output.contains("OutOfMemory"), output);
    }

    /** Checks the figures of one destination; the gateway must be idle between reading them. */
    private static void assertEverySpanIsAccountedFor(GatewayProcess gateway, int spans) {
        Metrics metrics = gateway.metrics();
        metrics.awaitNoneActive();
        String destination = "destination=\"default\"";
        assertEquals(spans, metrics.sum("clew_export_spans_started_total", destination));
        Await.until(
                "complete accounting of the spans",
                () -> spans
                        == metrics.sum("clew_export_spans_exported_total", destination)
                                + metrics.sum("clew_export_spans_dropped_total", destination)
                                + metrics.sum("clew_export_queue_spans", destination));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void aBackendThatMisbehavesCostsSpansAtMostAndExportResumesByItself(String protocol) throws IOException {
        try (OtlpServer otlp = OtlpServer.start();
                GatewayProcess gateway = GatewayProcess.start(folder, exporting(otlp.endpoint(), protocol))) {
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
                GatewayProcess gateway = GatewayProcess.start(folder, exporting(endless.endpoint(), protocol))) {
            assertServes(gateway, FEW);
            endless.awaitCut();
            assertEverySpanIsAccountedFor(gateway, 2 * FEW);
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

package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.Trace;
import dev.clew.contract.world.WorldFiles;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start and end of a gateway. */
class LifecycleIT {

    @TempDir
    static Path folder;

    private static EchoUpstream echo;

    @BeforeAll
    static void startUpstream() throws IOException {
        echo = EchoUpstream.start();
        WorldFiles.write(folder, echo.port(), 1, 1);
    }

    @AfterAll
    static void stopUpstream() {
        echo.close();
    }

    @Test
    void requestsInFlightFinishAndTheirSpansLeaveBeforeTheProcessEnds() throws Exception {
        // An interval so long that only the end of the process can export the spans.
        try (OtlpServer otlp = OtlpServer.start();
                GatewayProcess gateway = GatewayProcess.start(
                        folder,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                otlp.endpoint(),
                                "OTEL_BSP_SCHEDULE_DELAY",
                                "600000",
                                "CLEW_SHUTDOWN_DELAY",
                                "5s"));
                RawClient client = gateway.connect()) {
            assertEquals(200, ready(gateway));
            client.send(Call.get("/any/held/leaving"));
            echo.await(seen -> seen.uri().equals("/held/leaving"));
            gateway.terminate();

            Await.until("503 from the readiness probe", () -> ready(gateway) == 503);
            assertEquals(200, gateway.send(Call.get("/orders/late")).status());
            echo.release("leaving");
            RawResponse response = client.read();
            assertEquals("/held/leaving", response.echoed().uri());
            gateway.awaitExit();
            otlp.awaitSpan(span -> Trace.isServer(span) && Trace.spanId(span).equals(response.spanId()));
        }
    }

    @Test
    void aGatewayThatDoesNotStartSaysWhatToMendInPlainLines(@TempDir Path wrong) throws Exception {
        Files.writeString(
                Files.createDirectories(wrong.resolve("gateway")).resolve("gateway.yaml"),
                "via: my gateway\njournal: {sise: 5M}\ntenant-defaults: {tracing: {inbound: all}}\n");
        List<String> output = GatewayProcess.startInVain(wrong, Map.of());

        assertEquals("1", output.get(output.size() - 1));
        String said = String.join("\n", output);
        assertTrue(said.contains("gateway/gateway.yaml:1: via: "), said);
        assertTrue(said.contains("gateway/gateway.yaml:2: journal.sise: unknown key"), said);
        assertFalse(said.contains("tracing.inbound"), said);
        assertFalse(said.contains("\tat "), said);
    }

    @Test
    void aFolderThatIsNotThereIsSaidInOnePlainLine() throws Exception {
        String said = String.join("\n", GatewayProcess.startInVain(Path.of("/no/such/folder"), Map.of()));

        assertTrue(said.contains("CLEW_CONFIG: /no/such/folder (expected: an existing folder)"), said);
        assertFalse(said.contains("\tat "), said);
    }

    @Test
    void aFolderWithoutTenantsIsNotReadyAndSaysWhyInOneLine(@TempDir Path empty) throws Exception {
        Files.createDirectories(empty.resolve("tenants"));
        try (GatewayProcess gateway = GatewayProcess.start(empty, Map.of())) {
            assertEquals(503, ready(gateway));
            assertTrue(gateway.metrics().page("/q/health/live").contains("\"UP\""));
            assertEquals(
                    1,
                    gateway.output().stream()
                            .filter(line -> line.contains("not ready, as no tenant can be served"))
                            .count(),
                    gateway.output()::toString);
        }
    }

    @Test
    void aManagementPortInUseIsSaidInOneLine(@TempDir Path empty) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            String port = Integer.toString(taken.getLocalPort());
            List<String> output = GatewayProcess.startInVain(empty, Map.of("QUARKUS_MANAGEMENT_PORT", port));

            assertEquals("1", output.get(output.size() - 1));
            assertEquals(
                    "port " + port + " is in use by another process: stop that, or choose another port with"
                            + " QUARKUS_MANAGEMENT_PORT",
                    output.get(output.size() - 2));
            assertFalse(String.join("\n", output).contains("\tat "), output::toString);
        }
    }

    @Test
    void theFirstLineAfterTheStartSaysWhatRunsWhere() throws Exception {
        String line;
        try (GatewayProcess gateway = GatewayProcess.start(folder, Map.of())) {
            line = Await.notNull("the line", () -> gateway.output().stream()
                    .filter(said -> said.contains("serves") && said.contains("started in"))
                    .findFirst()
                    .orElse(null));
        }

        assertTrue(
                line.matches(".*clew \\S+ \\((jvm|native)\\) serves \\d+ tenants? on http \\(random port\\); management"
                        + " \\d+, console http://localhost:\\d+/console; telemetry to default; started in [\\d.]+ s"),
                line);
    }

    private static int ready(GatewayProcess gateway) {
        return gateway.metrics().readiness();
    }
}

package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.OtlpServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged gateway with no telemetry backend, with one that hangs, and with settings that make no sense. */
class NoBackendIT {

    private static final int REQUESTS = 2000;

    private OwnWorld world;

    @BeforeEach
    void startWorld() throws IOException {
        world = OwnWorld.start();
    }

    @AfterEach
    void closeWorld() throws IOException {
        world.close();
    }

    private void assertServes(Map<String, String> environment) throws IOException {
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
            assertEquals(200, gateway.metrics().readiness());
            RawResponse response = gateway.send(Call.get("/any/x").host(StreamFiles.HOST));
            assertEquals("/x", response.echoed().uri());
            response.traceId();
        }
    }

    @Test
    void servesWithNobodyAtTheEndpoint() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        assertServes(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + nobody));
    }

    /** Each group has what one start may get wrong at once; a setting that hid another would stand in a group of its own. */
    static Stream<Map<String, String>> malformedSettings() {
        return Stream.of(
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "::not a url::",
                        "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer ${NOT_SET},=,%zz",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon",
                        "OTEL_EXPORTER_OTLP_TIMEOUT", "soon",
                        "OTEL_EXPORTER_OTLP_COMPRESSION", "zip",
                        "OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere/ca.pem",
                        "OTEL_TRACES_SAMPLER", "coin",
                        "OTEL_TRACES_SAMPLER_ARG", "heads",
                        "OTEL_BSP_MAX_QUEUE_SIZE", "-1",
                        "OTEL_BSP_SCHEDULE_DELAY", "${"),
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://no-such-host.invalid:4317",
                        "OTEL_EXPORTER_OTLP_HEADERS", "${",
                        "OTEL_RESOURCE_ATTRIBUTES", "a,=b,%%%,service.name",
                        "OTEL_SERVICE_NAME", "${user.home",
                        "OTEL_PROPAGATORS", "smoke",
                        "OTEL_TRACES_EXPORTER", "carrier-pigeon",
                        "OTEL_SDK_DISABLED", "maybe",
                        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "99999999999999999999",
                        "OTEL_BSP_EXPORT_TIMEOUT", "never"),
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "",
                        "OTEL_EXPORTER_OTLP_HEADERS", "",
                        "OTEL_TRACES_SAMPLER", "",
                        "OTEL_BSP_MAX_QUEUE_SIZE", ""));
    }

    @ParameterizedTest
    @MethodSource("malformedSettings")
    void servesWithMalformedSettings(Map<String, String> environment) throws IOException {
        assertServes(environment);
    }

    @Test
    void noRequestFailsWhileTheBackendHangs() throws IOException {
        world.otlp().behave(OtlpServer.Behaviour.HANG);
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), world.exporting());
                RawClient client = gateway.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                client.send(Call.get("/any/r" + i).host(StreamFiles.HOST));
                assertEquals("/r" + i, client.read().echoed().uri());
            }
            world.otlp().awaitRequests(1);
            assertEquals(200, gateway.metrics().readiness());
            assertTrue(
                    gateway.output().stream().noneMatch(line -> line.contains("BlockedThreadChecker")),
                    () -> gateway.output().toString());
        }
    }
}

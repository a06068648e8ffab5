package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged gateway with several telemetry backends, which are added, changed and removed while it runs. */
class DestinationsIT {

    private static final String TENANT =
            """
            hosts: [NAME.test]
            tracing: {export-to: DESTINATIONS}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
            """;

    private final OtlpServer apm = OtlpServer.start();
    private OwnWorld world;

    @BeforeEach
    void startWorld() throws IOException {
        world = OwnWorld.start();
        tenant("both", "[default, apm]");
        tenant("own", "[apm]");
        tenant("lost", "[nowhere]");
    }

    @AfterEach
    void closeWorld() throws IOException {
        world.close();
        apm.close();
    }

    private void tenant(String name, String destinations) throws IOException {
        Files.writeString(
                world.folder().resolve("tenants/" + name + ".yaml"),
                TENANT.replace("NAME", name)
                        .replace("DESTINATIONS", destinations)
                        .replace("ECHO", Integer.toString(world.echo().port())));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(world.folder().resolve("gateway/gateway.yaml"), yaml);
    }

    private String apm(String more) {
        return "destinations:\n  apm: {endpoint: \"" + apm.endpoint() + "\", queue: {delay: 20ms}" + more + "}\n";
    }

    private GatewayProcess start(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(world.exporting());
        environment.put("CLEW_CONFIG_POLL", "20ms");
        environment.putAll(more);
        return GatewayProcess.start(world.folder(), environment);
    }

    private static String call(GatewayProcess gateway, String tenant) {
        return gateway.send(Call.get("/any/x").host(tenant + ".test")).traceId();
    }

    private static void assertArrives(OtlpServer backend, String traceId) {
        backend.awaitSpan(span -> Trace.traceId(span).equals(traceId));
    }

    private static boolean has(OtlpServer backend, String traceId) {
        return backend.spans().stream().anyMatch(span -> Trace.traceId(span).equals(traceId));
    }

    private static JsonObject telemetry(GatewayProcess gateway) {
        return new JsonObject(gateway.metrics().page("/q/telemetry"));
    }

    @Test
    void eachTenantsSpansGoWhereItSays() throws IOException {
        write(apm(""));
        try (GatewayProcess gateway = start(Map.of())) {
            String both = call(gateway, "both");
            String own = call(gateway, "own");
            String lost = call(gateway, "lost");
            String last = call(gateway, "both");
            for (OtlpServer backend : List.of(world.otlp(), apm)) {
                assertArrives(backend, both);
                assertArrives(backend, last);
                assertFalse(has(backend, lost));
            }
            assertArrives(apm, own);
            assertFalse(has(world.otlp(), own));
            assertEquals(
                    2,
                    gateway.metrics()
                            .sum(
                                    "clew_export_spans_dropped_total",
                                    "destination=\"unknown\"",
                                    "reason=\"unknown-destination\""));
            String problems = telemetry(gateway).getJsonArray("settingProblems").encode();
            assertTrue(problems.contains("nowhere") && problems.contains("tracing.export-to"), problems);
        }
    }

    @Test
    void destinationsComeChangeAndGoWithoutARestartOrAFailedRequest() throws IOException {
        try (GatewayProcess gateway = start(Map.of())) {
            write(apm(", headers: {x-version: \"1\"}"));
            Await.until("new destination", () -> arrives(gateway, "1"));
            write(apm(", headers: {x-version: \"2\"}"));
            Await.until("changed destination", () -> arrives(gateway, "2"));
            write("destinations: {apm: {endpoint: [}");
            Await.until("problem", () -> gateway.metrics().sum("clew_telemetry_setting_problems") > 1);
            assertArrives(apm, call(gateway, "own"));
            write("via: other\n");
            Await.until(
                    "removal of the destination",
                    () -> telemetry(gateway).getJsonArray("destinations").size() == 1);
            assertArrives(world.otlp(), call(gateway, "both"));
            assertTrue(gateway.metrics().sum("clew_export_spans_exported_total", "destination=\"apm\"") > 0);
            assertEquals(200, gateway.metrics().readiness());
        }
    }

    private boolean arrives(GatewayProcess gateway, String version) {
        call(gateway, "own");
        return apm.spans().stream()
                .anyMatch(span -> version.equals(span.headers().get("x-version")));
    }

    /** A mounted Secret: the file is a link into {@code ..data}, a link that is replaced as a whole. */
    @Test
    void aCredentialRotatedAsKubernetesDoesItIsUsed() throws IOException {
        Path secret = Files.createDirectories(world.folder().resolve("secret"));
        for (String version : List.of("1", "2")) {
            Path folder = Files.createDirectory(secret.resolve(".." + version));
            Files.writeString(folder.resolve("headers"), "x-version=" + version + "\n");
        }
        Files.createSymbolicLink(secret.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(secret.resolve("headers"), Path.of("..data", "headers"));
        write(apm(", headers-file: secret/headers"));
        try (GatewayProcess gateway = start(Map.of())) {
            Await.until("first credential", () -> arrives(gateway, "1"));
            Path next = Files.createSymbolicLink(secret.resolve("..data_tmp"), Path.of("..2"));
            Files.move(next, secret.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Await.until("second credential", () -> arrives(gateway, "2"));
        }
    }

    @Test
    void everyMistakeIsToldOnceAndStopsNothing() throws IOException {
        write("destinations:\n  apm: {endpoint: \"ftp://s3cr3t\", certificate: gone.pem, colour: red}\n");
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=s3cr3t,=",
                "OTEL_BSP_MAX_QUEUE_SIZE", "none",
                "QUARKUS_OTEL_EXPORTER_OTLP_TIMEOUT", "soon",
                "QUARKUS_OTEL_TRACES_SAMPLER", "coin");
        try (GatewayProcess gateway = start(environment)) {
            assertArrives(world.otlp(), call(gateway, "both"));
            assertEquals(200, gateway.metrics().readiness());
            String page = gateway.metrics().page("/q/telemetry");
            String output = String.join("\n", gateway.output());
            for (String name : List.of(
                    "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                    "OTEL_BSP_MAX_QUEUE_SIZE",
                    "quarkus.otel.exporter.otlp.timeout",
                    "QUARKUS_OTEL_TRACES_SAMPLER",
                    "gateway/gateway.yaml:2: destinations.apm.endpoint",
                    "gateway/gateway.yaml:2: destinations.apm.certificate",
                    "gateway/gateway.yaml:2: destinations.apm.colour")) {
                assertTrue(page.contains("\"" + name + "\""), name + " in " + page);
                assertEquals(
                        2, output.split("telemetry setting \\Q" + name + "\\E:", -1).length, name + " in " + output);
            }
            assertFalse(page.contains("s3cr3t") || output.contains("s3cr3t"), page + output);
            assertEquals(8, gateway.metrics().sum("clew_telemetry_setting_problems"), page);
        }
    }

    @Test
    void theStateOfADestinationIsShownAndConcernsNoProbe() throws IOException {
        write(apm(""));
        apm.behave(Behaviour.BAD_REQUEST);
        try (GatewayProcess gateway = start(Map.of())) {
            call(gateway, "both");
            Await.until(
                    "failing destination", () -> health(gateway, "/q/health").contains("\"apm\":\"failing\""));
            String health = health(gateway, "/q/health");
            assertTrue(health.contains("\"default\":\"ok\"") && !health.contains("DOWN"), health);
            for (String probe : List.of("/q/health/ready", "/q/health/live", "/q/health/started")) {
                assertFalse(health(gateway, probe).contains("elemetry"), probe);
            }
            JsonObject shown = telemetry(gateway).getJsonArray("destinations").getJsonObject(1);
            assertEquals("failing", shown.getString("state"));
            assertEquals("HTTP status 400", shown.getJsonObject("lastError").getString("error"));
            assertEquals(apm.endpoint(), shown.getString("address"));
        }
    }

    private static String health(GatewayProcess gateway, String path) {
        return new JsonObject(gateway.metrics().page(path)).encode();
    }
}

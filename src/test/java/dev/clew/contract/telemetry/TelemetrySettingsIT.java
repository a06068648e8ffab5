package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Load;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.testing.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged gateway with invalid telemetry settings: it serves, and reports each ignored setting once. */
class TelemetrySettingsIT {

    private static final String SECRET = "s3cr3t";

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

    /** Returns the settings reported in the log and on the management port. */
    private Set<String> ignored(Map<String, String> environment) throws IOException {
        try (GatewayProcess gateway = GatewayProcess.start(folder, environment)) {
            assertEquals(200, gateway.metrics().readiness());
            assertEquals(Map.of(200, 10), load.run(gateway.port(), 10));
            String page = gateway.metrics().page("/q/telemetry");
            Set<String> names = new JsonObject(page)
                    .getJsonArray("settingProblems").stream()
                            .map(problem -> ((JsonObject) problem).getString("setting"))
                            .collect(Collectors.toSet());
            assertEquals(names.size(), gateway.metrics().sum("clew_telemetry_setting_problems"), page);
            List<String> log = gateway.output();
            for (String name : names) {
                String place = name + ": ";
                long warnings = log.stream()
                        .filter(line -> line.contains("WARN") && line.contains(place))
                        .count();
                assertEquals(1, warnings, () -> name + " in " + log);
            }
            assertFalse((page + log).contains(SECRET), () -> page + log);
            return names;
        }
    }

    static Stream<Map<String, String>> malformed() {
        return Stream.of(
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "::not a url::",
                        "OTEL_EXPORTER_OTLP_HEADERS", SECRET + "=Bearer ${NOT_SET},=,%zz",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon",
                        "OTEL_EXPORTER_OTLP_TIMEOUT", "soon",
                        "OTEL_EXPORTER_OTLP_COMPRESSION", "zip",
                        "OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere/ca.pem",
                        "OTEL_TRACES_SAMPLER", "coin",
                        "OTEL_PROPAGATORS", "smoke",
                        "OTEL_BSP_MAX_QUEUE_SIZE", "-1",
                        "OTEL_BSP_SCHEDULE_DELAY", "${"),
                Map.of(
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://me:" + SECRET + "@h:4318",
                        "OTEL_EXPORTER_OTLP_HEADERS", "${" + SECRET,
                        "OTEL_RESOURCE_ATTRIBUTES", "a,=b,%%%,service.name",
                        "OTEL_TRACES_EXPORTER", "carrier-pigeon",
                        "OTEL_SDK_DISABLED", "maybe",
                        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "99999999999999999999",
                        "OTEL_BSP_EXPORT_TIMEOUT", "never",
                        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "-1",
                        "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", "GET POST"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void everyMalformedVariableIsIgnoredAndNamedOnce(Map<String, String> environment) throws IOException {
        assertEquals(environment.keySet(), ignored(environment));
    }

    @Test
    void anEmptyVariableIsUnset() throws IOException {
        assertEquals(
                Set.of(),
                ignored(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "",
                        "OTEL_EXPORTER_OTLP_HEADERS", "",
                        "OTEL_TRACES_SAMPLER", "",
                        "OTEL_PROPAGATORS", "",
                        "OTEL_BSP_MAX_QUEUE_SIZE", "")));
    }

    @Test
    void quarkusOwnNamesStopNothingWhateverTheyHold() throws IOException {
        Set<String> told = ignored(Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "::not a url::",
                "QUARKUS_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "carrier-pigeon",
                "QUARKUS_OTEL_TRACES_SAMPLER", "coin",
                "QUARKUS_OTEL_SDK_DISABLED", "maybe",
                "QUARKUS_OTEL_ENABLED", "maybe",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "-1"));

        assertFalse(told.isEmpty());
        assertTrue(told.stream().allMatch(name -> name.contains("otel") || name.contains("OTEL")), told::toString);
    }

    @Test
    void everyMistakeInTheFilesIsIgnoredAndNamedOnce() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("gateway")).resolve("gateway.yaml"),
                """
                destinations:
                  default: {timeout: soon, no-such-key: 1}
                  apm: {protocol: pigeon, headers-file: no-such-file}
                forced-tracing: {key-file: no-such-file, per-minute: 0}
                tenant-defaults:
                  tracing: {sampling: {ratio: 7}}
                """);
        Path tenant = folder.resolve("tenants/load.yaml");
        Files.writeString(
                tenant,
                Files.readString(tenant) + "tracing: {inbound: all, keep: {errors: maybe}, export-to: [nowhere]}\n");

        Set<String> told = ignored(Map.of());
        for (String key : List.of(
                "destinations.default.timeout",
                "destinations.default.no-such-key",
                "destinations.apm.protocol",
                "destinations.apm.headers-file",
                "forced-tracing.key-file",
                "forced-tracing.per-minute",
                "tenant-defaults.tracing.sampling.ratio",
                "tracing.inbound",
                "tracing.keep.errors",
                "tracing.export-to")) {
            assertTrue(told.stream().anyMatch(name -> name.contains(key)), () -> key + " in " + told);
        }
    }

    @Test
    void nobodyAtTheEndpointIsNoReasonNotToServe() throws IOException {
        int nobody = FreePort.any();
        assertEquals(Set.of(), ignored(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + nobody)));
        assertEquals(Set.of(), ignored(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://no-such-host.invalid:4317")));
    }
}

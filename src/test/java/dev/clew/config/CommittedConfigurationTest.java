package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the committed files in {@code gateway/} and {@code tenants/}, and the sample in {@code docs/}. */
class CommittedConfigurationTest {

    private static final Path GATEWAY_FILE = Path.of("gateway/gateway.yaml");
    private static final Path REFERENCE = Path.of("docs/configuration.md");

    @Test
    void servesTheSampleTenants() {
        LoadedConfiguration loaded = load(Path.of(""));

        assertEquals(List.of(), loaded.problems());
        assertEquals(
                List.of("acme", "globex"),
                loaded.snapshot().tenants().stream()
                        .map(entry -> entry.tenant().id().value())
                        .toList());
    }

    @Test
    void findsNothingWrongWithTheSampleOfTheReference() {
        LoadedConfiguration loaded = load(Path.of("docs/sample"));

        assertEquals(List.of(), loaded.problems());
        assertEquals(
                List.of("north", "shop", "south"),
                loaded.snapshot().tenants().stream()
                        .map(entry -> entry.tenant().id().value())
                        .sorted()
                        .toList());
    }

    @Test
    void leavesTheGatewayAtItsDefaults() {
        assertEquals(GatewaySettings.STANDARD, load(Path.of("")).settings());
    }

    @Test
    void showsTheTrueDefaultsInTheCommentsOfTheGatewaysFile(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("gateway"));
        String uncommented = Files.readAllLines(GATEWAY_FILE).stream()
                .filter(line -> line.startsWith("# ") && !line.contains("$schema"))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve(GATEWAY_FILE), uncommented);

        assertTrue(uncommented.contains("pending-requests"));
        assertEquals(GatewaySettings.STANDARD, load(folder).settings());
    }

    @Test
    void keepsTheSchemasInStepWithTheMappings() throws IOException {
        for (Map.Entry<Path, Class<?>> entry : SchemaGenerator.SCHEMAS.entrySet()) {
            keepInStep(entry.getKey(), SchemaGenerator.schema(entry.getValue()));
        }
    }

    @Test
    void keepsTheReferenceInStepWithTheMappings() throws IOException {
        keepInStep(REFERENCE, ReferenceGenerator.page(Files.readString(REFERENCE)));
    }

    private static void keepInStep(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("clew.schema.write")) {
            Files.writeString(file, expected);
        }
        assertEquals(
                expected,
                Files.readString(file),
                file + " is out of step; write it anew with"
                        + " ./mvnw test -Dtest=CommittedConfigurationTest -Dclew.schema.write=true");
    }

    private static LoadedConfiguration load(Path root) {
        return new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
    }
}

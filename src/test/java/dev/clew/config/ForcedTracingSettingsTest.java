package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.gateway.GatewaySettings.ForcedTracing;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.tenant.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code forced-tracing} in {@code gateway/gateway.yaml}. */
class ForcedTracingSettingsTest {

    private static final String SECRET = "s3cret-0123456789abcdef0123456789abcdef";

    @TempDir
    Path root;

    @BeforeEach
    void createFolders() throws IOException {
        Files.createDirectories(root.resolve("gateway"));
        Files.createDirectories(root.resolve("tenants"));
        Files.createDirectories(root.resolve("secrets"));
    }

    private LoadedConfiguration load(String forcedTracing) throws IOException {
        Files.writeString(root.resolve("gateway/gateway.yaml"), "via: edge\nforced-tracing: " + forcedTracing + "\n");
        return new ConfigDirectory(root, Map.of("KEY_FILE", "from-env.key")::get).load(GatewaySettings.STANDARD);
    }

    @Test
    void readsTheKeysFileRelativeToTheConfigurationFolder() throws IOException {
        Path file = Files.writeString(root.resolve("secrets/force.key"), SECRET);
        LoadedConfiguration loaded = load("{key-file: secrets/force.key, per-minute: 5}");

        assertEquals(List.of(), loaded.problems());
        assertEquals(new ForcedTracing(Optional.of(file), 5), loaded.settings().forcedTracing());
    }

    @Test
    void takesAnAbsolutePathAndSixtyAMinute() throws IOException {
        Path file = Files.writeString(root.resolve("secrets/force.key"), SECRET);
        LoadedConfiguration loaded = load("{key-file: \"" + file.toAbsolutePath() + "\"}");

        assertEquals(List.of(), loaded.problems());
        assertEquals(
                new ForcedTracing(Optional.of(file.toAbsolutePath()), 60),
                loaded.settings().forcedTracing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.key", "short.key", "long.key", "secrets", "secrets/../.."})
    void servesAllTheSameWhenTheKeysFileCannotBeUsed(String file) throws IOException {
        Files.writeString(root.resolve("short.key"), SECRET.substring(0, 31) + "\n");
        Files.writeString(root.resolve("long.key"), SECRET.repeat(200));
        LoadedConfiguration loaded = load("{key-file: " + file + "}");

        assertEquals(
                List.of("gateway/gateway.yaml:2: forced-tracing.key-file: \"" + file
                        + "\" (expected: a readable file of 32 to 4096 bytes); the default is used"),
                loaded.problems().stream().map(Problem::toString).toList());
        assertTrue(loaded.problems().get(0).tolerated());
        assertEquals("edge", loaded.settings().via());
        assertEquals(
                Optional.of(root.resolve(file)),
                loaded.settings().forcedTracing().keyFile(),
                "it may become usable");
    }

    @Test
    void doesNotShowAPathFromTheEnvironment() throws IOException {
        assertEquals(
                List.of("gateway/gateway.yaml:2: forced-tracing.key-file: the value from the environment"
                        + " (expected: a readable file of 32 to 4096 bytes); the default is used"),
                load("{key-file: \"${KEY_FILE}\"}").problems().stream()
                        .map(Problem::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100001", "many", "1.5"})
    void forcesSixtyAMinuteWhenTheNumberCannotBeUsed(String perMinute) throws IOException {
        LoadedConfiguration loaded = load("{per-minute: " + perMinute + "}");

        assertEquals(
                List.of("gateway/gateway.yaml:2: forced-tracing.per-minute: \"" + perMinute
                        + "\" (expected: a whole number from 1 to 100000); the default is used"),
                loaded.problems().stream().map(Problem::toString).toList());
        assertEquals(ForcedTracing.STANDARD, loaded.settings().forcedTracing());
    }

    @Test
    void showsTheKeyInNoMessageAndNoText() throws IOException {
        Files.writeString(root.resolve("force.key"), SECRET.substring(0, 31));
        assertFalse(load("{key-file: force.key}").toString().contains("s3cret"));
        Files.writeString(root.resolve("force.key"), SECRET);
        assertFalse(load("{key-file: force.key}").toString().contains("s3cret"));
    }
}

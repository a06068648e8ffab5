package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.WorldFiles;
import dev.clew.testing.Await;
import dev.clew.testing.ForceTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of forced tracing while the packaged gateway runs. */
class ForceKeyIT {

    private static final String SECOND_KEY = "sec0nd-key-of-the-contracts-0123456789abcdef";

    @TempDir
    Path folder;

    private EchoUpstream echo;

    @BeforeEach
    void startUpstream() throws IOException {
        echo = EchoUpstream.start();
        WorldFiles.write(folder, echo.port(), 1, 1);
        Path settings = folder.resolve("gateway/gateway.yaml");
        Files.writeString(settings, Files.readString(settings).replace("per-minute: 20", "per-minute: 100000"));
    }

    @AfterEach
    void stopUpstream() {
        echo.close();
    }

    private GatewayProcess start() throws IOException {
        return GatewayProcess.start(folder, Map.of("OTEL_TRACES_EXPORTER", "none", "CLEW_CONFIG_POLL", "20ms"));
    }

    private static boolean isForced(GatewayProcess gateway, String key) {
        Call call = Call.get("/any/x").host("quiet.test");
        RawResponse response = gateway.send(call.header("X-Trace-Force", ForceTokens.valid("quiet", key)));
        return response.echoed().one("traceparent").endsWith("-03");
    }

    @Test
    void aNewKeyTakesTheOldOnesPlaceWithoutARestart() throws IOException {
        try (GatewayProcess gateway = start()) {
            assertTrue(isForced(gateway, WorldFiles.FORCE_KEY));
            Files.writeString(folder.resolve("force.key"), SECOND_KEY);
            Await.until("the new key", () -> isForced(gateway, SECOND_KEY));
            assertFalse(isForced(gateway, WorldFiles.FORCE_KEY));
            assertTellsNothing(gateway);
        }
    }

    @Test
    void theGatewayServesWithoutAUsableKeyAndTakesUpOneThatComes() throws IOException {
        Path file = folder.resolve("force.key");
        Files.writeString(file, SECOND_KEY.substring(0, 31));
        try (GatewayProcess gateway = start()) {
            assertEquals(200, gateway.metrics().readiness());
            assertFalse(isForced(gateway, SECOND_KEY.substring(0, 31)));
            assertEquals(1, gateway.metrics().sum("clew_forced_traces_total", "outcome=\"switched-off\""));
            assertTrue(
                    gateway.output().stream().anyMatch(line -> line.contains("forced-tracing.key-file")),
                    () -> "no warning in " + gateway.output());

            Files.writeString(file, WorldFiles.FORCE_KEY);
            Await.until("a key", () -> isForced(gateway, WorldFiles.FORCE_KEY));
            assertTellsNothing(gateway);
        }
    }

    private static void assertTellsNothing(GatewayProcess gateway) {
        String output = String.join("\n", gateway.output());
        assertFalse(output.contains("f0rce") || output.contains("sec0nd"), output);
    }
}

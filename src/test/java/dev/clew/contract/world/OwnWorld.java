package dev.clew.contract.world;

import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.server.FullListener;
import dev.clew.contract.server.HandUpstream;
import dev.clew.testing.OtlpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The surroundings of a gateway that a test starts for itself. */
public record OwnWorld(EchoUpstream echo, HandUpstream hand, FullListener full, OtlpServer otlp, Path folder)
        implements AutoCloseable {

    public static OwnWorld start() throws IOException {
        OwnWorld world = new OwnWorld(
                EchoUpstream.start(),
                new HandUpstream(),
                new FullListener(),
                OtlpServer.start(),
                Files.createTempDirectory("clew-own"));
        Files.createDirectories(world.folder.resolve("gateway"));
        StreamFiles.write(world.folder, world.hand.port(), world.full.port(), world.echo.port());
        return world;
    }

    /** Returns the environment that exports spans to this world's backend after a short delay. */
    public Map<String, String> exporting() {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", otlp.endpoint(),
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_BSP_SCHEDULE_DELAY", "50");
    }

    @Override
    public void close() throws IOException {
        echo.close();
        hand.close();
        full.close();
        otlp.close();
    }
}

package dev.clew.contract.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.server.HandUpstream;
import dev.clew.contract.server.WireUpstream;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The surroundings of the gateway under test.
 *
 * @param folder the folder of the gateway's configuration and access log
 */
public record World(
        EchoUpstream echo,
        WireUpstream wire,
        HandUpstream hand,
        OtlpServer otlp,
        Path folder,
        int managementPort,
        int tlsPort) {

    /** Returns the access log, a JSON object for each line. */
    public Path accessLog() {
        return folder.resolve("access.log");
    }

    public List<String> accessLogLines() {
        return lines(accessLog());
    }

    /** Waits for the access log's line for a trace and returns it. */
    public JsonObject awaitAccessLogLine(String traceId) {
        return Await.notNull("access-log line", () -> accessLogLines().stream()
                .filter(line -> line.contains(traceId) && line.endsWith("}"))
                .findFirst()
                .map(JsonObject::new)
                .orElse(null));
    }

    /** Asserts that Vert.x warned of no blocked event loop. */
    public void assertNoEventLoopBlocked() {
        assertEquals(List.of(), lines(blockedThreads()));
    }

    /** Returns the file of the gateway's log, without the access log; a line may be part of a stack trace. */
    public Path log() {
        return folder.resolve("gateway.log");
    }

    /** Waits until the log mentions this trace and returns it. */
    public String awaitLogged(String traceId) {
        return Await.notNull("log line", () -> {
            String all = String.join("\n", lines(log()));
            return all.contains(traceId) ? all : null;
        });
    }

    Path blockedThreads() {
        return folder.resolve("blocked.log");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        echo.close();
        wire.close();
        hand.close();
        otlp.close();
    }
}

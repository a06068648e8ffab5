package dev.clew.contract;

import dev.clew.testing.OtlpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What surrounds the gateway under test.
 *
 * @param folder where the gateway's configuration stands and its access log is written
 */
public record World(EchoUpstream echo, WireUpstream wire, OtlpServer otlp, Path folder, int managementPort) {

    /** The access log, a JSON object each line. */
    Path accessLog() {
        return folder.resolve("access.log");
    }

    List<String> accessLogLines() {
        try {
            return Files.exists(accessLog()) ? Files.readAllLines(accessLog()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The access log's line for a trace; waits for it. */
    JsonObject awaitAccessLogLine(String traceId) {
        return Await.notNull("access-log line", () -> accessLogLines().stream()
                .filter(line -> line.contains(traceId) && line.endsWith("}"))
                .findFirst()
                .map(JsonObject::new)
                .orElse(null));
    }

    void close() {
        echo.close();
        wire.close();
        otlp.close();
    }
}

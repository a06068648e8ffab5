package dev.clew.contract.telemetry;

import dev.clew.testing.FreePort;
import dev.clew.testing.Prometheus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Prometheus that scrapes one gateway twice a second and evaluates {@code docs/alerts.yml}. */
final class RunningPrometheus implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final String api;

    private RunningPrometheus(Process process, String api) {
        this.process = process;
        this.api = api;
    }

    /** Starts it; skips the test if there is none. */
    static RunningPrometheus watching(int managementPort, Path folder) throws IOException, InterruptedException {
        int port = FreePort.any();
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
                rule_files: ["%s"]
                scrape_configs:
                  - {job_name: clew, metrics_path: /q/metrics, static_configs: [{targets: ["127.0.0.1:%d"]}]}
                """
                        .formatted(Path.of("docs/alerts.yml").toAbsolutePath(), managementPort));
        List<String> command = Prometheus.command("prometheus");
        command.add("--config.file=" + configuration);
        command.add("--storage.tsdb.path=" + folder.resolve("prometheus"));
        command.add("--web.listen-address=127.0.0.1:" + port);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new RunningPrometheus(process, "http://127.0.0.1:" + port + "/api/v1/");
    }

    /** Returns the pending and firing alerts of this name; none while Prometheus starts. */
    List<JsonObject> alerts(String name) {
        return objects(get("alerts"), "alerts").stream()
                .filter(alert ->
                        alert.getJsonObject("labels").getString("alertname").equals(name))
                .toList();
    }

    /** Returns whether the query has a result now. */
    boolean finds(String query) {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return !objects(get("query?query=" + encoded), "result").isEmpty();
    }

    private static List<JsonObject> objects(JsonObject data, String key) {
        return data.getJsonArray(key, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonObject get(String path) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(api + path)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 400) {
                throw new AssertionError(path + ": " + response.body());
            }
            return response.statusCode() == 200
                    ? new JsonObject(response.body()).getJsonObject("data")
                    : new JsonObject();
        } catch (IOException startsUp) {
            return new JsonObject();
        } catch (InterruptedException e) {
            throw new AssertionError("Prometheus", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

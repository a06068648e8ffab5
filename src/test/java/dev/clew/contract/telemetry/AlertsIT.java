package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import dev.clew.testing.FreePort;
import dev.clew.testing.Prometheus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Prometheus with the rules of {@code docs/alerts.yml} for the packaged gateway, whose settings are the defaults. */
class AlertsIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String DEAD =
            """
            hosts: [dead.test]
            upstreams: {orders: {endpoints: ["http://127.0.0.1:PORT"]}}
            routes: [{name: all, match: {path: /**}, upstream: orders}]
            """;

    @Test
    void upstreamThatIsDownIsToldOfAndNoLongerWhenItIsBack() throws Exception {
        List<String> prometheus = Prometheus.command("prometheus");
        try (OwnWorld world = OwnWorld.start();
                Socket reservation = new Socket()) {
            // Bound but not listening: connections are refused.
            reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = reservation.getLocalPort();
            Files.writeString(
                    world.folder().resolve("tenants/dead.yaml"), DEAD.replace("PORT", Integer.toString(port)));
            try (GatewayProcess gateway =
                    GatewayProcess.start(world.folder(), Map.of("OTEL_TRACES_EXPORTER", "none"))) {
                for (int i = 0; i < 5; i++) {
                    gateway.send(call()).assertProblem(502, "upstream-unreachable");
                }
                Await.until("open circuit", () -> gateway.send(call()).status() == 503);
                int api = FreePort.any();
                Process watching =
                        start(prometheus, world.folder(), gateway.metrics().managementPort(), api);
                try {
                    Await.until("alert", () -> !upstreamsDown(api).isEmpty());
                    JsonObject labels = upstreamsDown(api).getJsonObject(0).getJsonObject("labels");
                    assertEquals("dead", labels.getString("tenant"));
                    assertEquals("orders", labels.getString("upstream"));

                    reservation.close();
                    // No request is sent: the gateway itself notices.
                    try (ServerSocket back = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                        assertTrue(back.isBound());
                        Await.until("end of the alert", () -> upstreamsDown(api).isEmpty());
                    }
                } finally {
                    watching.destroyForcibly();
                }
            }
        }
    }

    private static Call call() {
        return Call.get("/x").host("dead.test");
    }

    private static Process start(List<String> command, Path folder, int scraped, int port) throws IOException {
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
                rule_files: ["%s"]
                scrape_configs:
                  - {job_name: clew, metrics_path: /q/metrics, static_configs: [{targets: ["127.0.0.1:%d"]}]}
                """
                        .formatted(Path.of("docs/alerts.yml").toAbsolutePath(), scraped));
        command.add("--config.file=" + configuration);
        command.add("--storage.tsdb.path=" + folder.resolve("prometheus"));
        command.add("--web.listen-address=127.0.0.1:" + port);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Returns the pending and firing alerts about upstreams. */
    private static JsonArray upstreamsDown(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/alerts"))
                .build();
        JsonArray found = new JsonArray();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                return found; // it starts up
            }
            JsonArray alerts =
                    new JsonObject(response.body()).getJsonObject("data").getJsonArray("alerts");
            for (int i = 0; i < alerts.size(); i++) {
                JsonObject alert = alerts.getJsonObject(i);
                if (alert.getJsonObject("labels").getString("alertname").equals("ClewUpstreamDown")) {
                    found.add(alert);
                }
            }
        } catch (IOException startsUp) {
            return found;
        } catch (InterruptedException e) {
            throw new AssertionError("Prometheus", e);
        }
        return found;
    }
}

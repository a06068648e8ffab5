package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import dev.clew.testing.Prometheus;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Prometheus with the rules of {@code docs/alerts.yml} for the packaged gateway, whose settings are the defaults. */
class AlertsIT {

    private static final String DEAD =
            """
            hosts: [dead.test]
            upstreams: {orders: {endpoints: ["http://127.0.0.1:PORT"]}}
            routes: [{name: all, match: {path: /**}, upstream: orders}]
            """;

    @Test
    void upstreamThatIsDownIsToldOfAndNoLongerWhenItIsBack() throws Exception {
        Prometheus.command("prometheus");
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
                try (RunningPrometheus prometheus =
                        RunningPrometheus.watching(gateway.metrics().managementPort(), world.folder())) {
                    Await.until(
                            "alert",
                            () -> !prometheus.alerts("ClewUpstreamDown").isEmpty());
                    JsonObject labels =
                            prometheus.alerts("ClewUpstreamDown").get(0).getJsonObject("labels");
                    assertEquals("dead", labels.getString("tenant"));
                    assertEquals("orders", labels.getString("upstream"));

                    reservation.close();
                    // No request is sent: the gateway itself notices.
                    try (ServerSocket back = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                        assertTrue(back.isBound());
                        Await.until(
                                "end of the alert",
                                () -> prometheus.alerts("ClewUpstreamDown").isEmpty());
                    }
                }
            }
        }
    }

    private static Call call() {
        return Call.get("/x").host("dead.test");
    }
}

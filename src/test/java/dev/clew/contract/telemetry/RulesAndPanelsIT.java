package dev.clew.contract.telemetry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import dev.clew.testing.EndlessServer;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.Prometheus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The rules and the dashboard that operators copy, in a Prometheus for a gateway that has every fault they look for.
 */
class RulesAndPanelsIT {

    private static final String ROUTE = "routes: [{name: all, match: {path: /**}, upstream: one}]\n";

    private static final String OTHER_TRACE = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

    private final List<RawClient> stalled = new ArrayList<>();
    private OwnWorld world;
    private EndlessServer endless;
    private Socket reservation;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        endless = EndlessServer.start();
        reservation = new Socket();
        // Bound but not listening: connections are refused.
        reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        stalled.forEach(RawClient::close);
        reservation.close();
        endless.close();
        world.close();
    }

    private void tenant(String name, String text) throws IOException {
        Files.writeString(
                world.folder().resolve("tenants/" + name + ".yaml"),
                "hosts: [" + name + ".test]\n"
                        + text.replace("DEAD", "http://127.0.0.1:" + reservation.getLocalPort()));
    }

    private void writeFiles() throws IOException {
        String echo = "http://127.0.0.1:" + world.echo().port();
        Files.writeString(
                world.folder().resolve("gateway/gateway.yaml"),
                "destinations: {stuck: {endpoint: \"" + world.otlp().endpoint() + "\", queue: {spans: 8, batch: 8}}}\n"
                        + "tenant-defaults: {tracing: {export-to: [default, stuck]}}\n");
        tenant("dead", "upstreams: {one: {endpoints: [DEAD]}}\n" + ROUTE);
        tenant(
                "half",
                "upstreams: {one: {endpoints: [DEAD, \"" + echo
                        + "\"], health-check: {path: /, interval: 100ms, unhealthy-after: 1}}}\n" + ROUTE);
        tenant(
                "slow",
                "upstreams: {one: {endpoints: [\"http://127.0.0.1:"
                        + world.hand().port() + "\"], timeout: {response: 2500ms}}}\n" + ROUTE);
        tenant("liar", "upstreams: {one: {endpoints: [\"" + echo + "\"]}}\n" + ROUTE);
        tenant("loud", "upstreams: {one: {endpoints: [\"" + endless.endpoint() + "\"]}}\n" + ROUTE);
        tenant(
                "shared",
                "limits: {requests-per-second: 1000, shared-rate: true}\nupstreams: {one: {endpoints: [\"" + echo
                        + "\"]}}\n" + ROUTE);
        tenant(
                "keys",
                "authentication: {schemes: {sso: {jwt: {issuer: \"https://sso.test\", audiences: [api],"
                        + " key-set: {url: \"DEAD/keys\"}}}}}\nupstreams: {one: {endpoints: [\"" + echo
                        + "\"]}}\n" + ROUTE);
        tenant("broken", "routs: []\n");
    }

    private Map<String, String> environment() {
        return Map.of(
                "CLEW_MEMORY_BUDGET", "4M",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + reservation.getLocalPort(),
                "OTEL_EXPORTER_OTLP_TIMEOUT", "100",
                "OTEL_BSP_SCHEDULE_DELAY", "50",
                "OTEL_TRACES_SAMPLER", "sometimes",
                "QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + reservation.getLocalPort());
    }

    /** Sends a request into every fault. */
    private void meetFaults(GatewayProcess gateway) {
        for (String host : List.of("dead", "half", "slow", "shared", "keys")) {
            gateway.send(Call.get("/x").host(host + ".test"));
        }
        gateway.send(Call.get("/answer?traceresponse=" + OTHER_TRACE).host("liar.test"));
        RawClient reader = new RawClient("127.0.0.1", gateway.port(), 4_096);
        stalled.add(reader);
        reader.send(Call.get("/x").host("loud.test")).readHead();
    }

    private static Map<String, String> rules() throws IOException {
        Map<?, ?> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("docs/alerts.yml")));
        Map<String, String> rules = new TreeMap<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                rules.put((String) ((Map<?, ?>) rule).get("alert"), (String) ((Map<?, ?>) rule).get("expr"));
            }
        }
        return rules;
    }

    /** Returns the dashboard's queries by panel, as Grafana sends them with all tenants chosen. */
    private static Map<String, String> panels() throws IOException {
        JsonArray panels = new JsonObject(
                        Files.readString(Path.of("kubernetes/components/monitoring/dashboards/clew.json")))
                .getJsonArray("panels");
        Map<String, String> queries = new TreeMap<>();
        for (Object each : panels) {
            JsonObject panel = (JsonObject) each;
            for (Object target : panel.getJsonArray("targets", new JsonArray())) {
                String query = ((JsonObject) target).getString("expr");
                queries.put(
                        panel.getString("title") + " " + ((JsonObject) target).getString("refId"),
                        query.replace("$tenant", ".*").replace("$__rate_interval", "1m"));
            }
        }
        return queries;
    }

    @Test
    void everyRuleAndEveryPanelFindsItsFault() throws Exception {
        Prometheus.command("prometheus");
        writeFiles();
        world.otlp().behave(OtlpServer.Behaviour.HANG);
        Map<String, String> missing = rules();
        missing.putAll(panels());
        assertTrue(missing.size() > 25, missing::toString);
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment());
                RunningPrometheus prometheus =
                        RunningPrometheus.watching(gateway.metrics().managementPort(), world.folder())) {
            try {
                Await.until("results", () -> {
                    meetFaults(gateway);
                    missing.values().removeIf(prometheus::finds);
                    return missing.isEmpty();
                });
            } catch (AssertionError late) {
                throw new AssertionError("without a result: " + missing, late);
            }
        }
    }
}

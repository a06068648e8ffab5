package dev.clew.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the busiest routes and the upstreams in trouble. */
@Command(
        name = "top",
        description = "Shows the busiest routes of the last minutes, and upstreams whose circuit is not closed.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class Top implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final String CLOSED = "closed";

    @Option(names = "--tenant", paramLabel = "NAME", description = "Routes and upstreams of this tenant.")
    private @Nullable String tenant;

    @Option(
            names = "--window",
            paramLabel = "MINUTES",
            defaultValue = "5m",
            description = "The time that is counted, 1m to 60m (default: 5m).")
    private String window = "";

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "20",
            description = "The number of routes (default: 20).")
    private int lines;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "The time between two looks (default: 2).")
    private int interval;

    @Option(names = "--once", description = "Prints once and ends, as without a terminal.")
    private boolean once;

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        GatewayClient client = gateway.client();
        boolean repeat = !once && !output.isJson() && output.isTerminal();
        do {
            Map<String, List<String>> query = new LinkedHashMap<>();
            if (tenant != null) {
                query.put("tenant", List.of(tenant));
            }
            JsonObject upstreams = client.get("/api/v1/upstreams", query);
            query.put("window", List.of(window));
            JsonObject statistics = client.get("/api/v1/statistics", query);
            print(statistics, upstreams, repeat);
            if (repeat) {
                TimeUnit.SECONDS.sleep(Math.max(1, interval));
            }
        } while (repeat);
        return ExitCode.OK;
    }

    private void print(JsonObject statistics, JsonObject upstreams, boolean repeat) {
        List<JsonObject> routes = objects(statistics, "routes");
        routes.sort(Comparator.comparingLong((JsonObject route) -> route.getLong("requests", 0L))
                .reversed());
        List<JsonObject> busiest = routes.subList(0, Math.min(Math.max(0, lines), routes.size()));
        List<JsonObject> troubled = objects(upstreams, "upstreams").stream()
                .filter(upstream -> !CLOSED.equals(upstream.getString("circuit", CLOSED)))
                .toList();
        if (output.isJson()) {
            output.json(new JsonObject()
                    .put("routes", new JsonArray(busiest))
                    .put("circuitsNotClosed", new JsonArray(troubled)));
            return;
        }
        Table table = new Table().row("TENANT", "ROUTE", "REQUESTS", "4XX", "5XX", "P50", "P95", "P99");
        for (JsonObject route : busiest) {
            table.row(
                    route.getString("tenant"),
                    route.getString("route"),
                    number(route, "requests"),
                    number(route, "errors4xx"),
                    number(route, "errors5xx"),
                    Millis.of(route, "p50Ms"),
                    Millis.of(route, "p95Ms"),
                    orDash(Millis.of(route, "p99Ms")));
        }
        List<String> all = table.lines();
        output.line((repeat ? CLEAR : "") + output.bold(all.get(0)));
        all.subList(1, all.size()).forEach(output::line);
        for (JsonObject upstream : troubled) {
            output.line(output.red("circuit " + upstream.getString("circuit", "") + ": "
                    + upstream.getString("tenant", "") + " " + upstream.getString("name", "")));
        }
        Missing.report(statistics, output);
    }

    private static List<JsonObject> objects(JsonObject object, String name) {
        List<JsonObject> objects = new ArrayList<>();
        JsonArray array = object.getJsonArray(name, new JsonArray());
        for (int i = 0; i < array.size(); i++) {
            objects.add(array.getJsonObject(i));
        }
        return objects;
    }

    private static String number(JsonObject route, String name) {
        return Long.toString(route.getLong(name, 0L));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}

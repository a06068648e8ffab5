package dev.clew.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which upstreams continue traces, and rejects those that break them. */
@Command(
        name = "coverage",
        description = {
            "Shows the share of responses whose service continued the trace.",
            "With --fail-under, exits with 1 if the share of any upstream is lower, or nothing was counted:"
                    + " a gate for deployments."
        },
        mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {

    private static final double PERCENT = 100;

    @Option(
            names = "--fail-under",
            paramLabel = "PERCENT",
            description = "The least share in percent that each upstream must have.")
    private @Nullable Double least;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Upstreams of this tenant.")
    private @Nullable String tenant;

    @Option(names = "--upstream", paramLabel = "NAME", description = "Upstreams of this name.")
    private @Nullable String upstream;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = Period.class,
            description = "Counts the responses of this time from now on, such as 10m; else those since the start.")
    private @Nullable Duration period;

    @Option(
            names = "--minimum",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number of responses below which an upstream is not judged (default: 1).")
    private long minimum;

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        GatewayClient client = gateway.client();
        Map<String, CoverageCount> counts;
        if (period == null) {
            counts = read(client);
        } else {
            Map<String, CoverageCount> before = read(client);
            TimeUnit.MILLISECONDS.sleep(period.toMillis());
            counts = CoverageCount.since(before, read(client));
        }
        List<CoverageCount> judged =
                counts.values().stream().filter(count -> count.all() >= minimum).toList();
        if (output.isJson()) {
            output.json(json(judged));
        } else {
            print(judged);
        }
        if (least == null) {
            return ExitCode.OK;
        }
        if (judged.isEmpty()) {
            output.err().println("no upstream has had " + minimum + " responses: nothing to judge");
            return ExitCode.NEGATIVE;
        }
        double bound = least / PERCENT;
        return judged.stream().anyMatch(count -> count.share() < bound) ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    private Map<String, CoverageCount> read(GatewayClient client) {
        JsonObject response =
                client.get("/api/v1/coverage", tenant == null ? Map.of() : Map.of("tenant", List.of(tenant)));
        Missing.report(response, output);
        Map<String, CoverageCount> counts = new TreeMap<>();
        JsonArray rows = response.getJsonArray("coverage", new JsonArray());
        for (int i = 0; i < rows.size(); i++) {
            CoverageCount count = CoverageCount.of(rows.getJsonObject(i));
            boolean chosen = (tenant == null || tenant.equals(count.tenant()))
                    && (upstream == null || upstream.equals(count.upstream()));
            if (chosen) {
                counts.put(count.tenant() + ' ' + count.upstream(), count);
            }
        }
        return counts;
    }

    private void print(List<CoverageCount> counts) {
        Table table = new Table().row("TENANT", "UPSTREAM", "CONTINUED", "CONTRADICTED", "SILENT", "COVERAGE");
        for (CoverageCount count : counts) {
            table.row(
                    count.tenant(),
                    count.upstream(),
                    Long.toString(count.continued()),
                    Long.toString(count.contradicted()),
                    Long.toString(count.silent()),
                    String.format(Locale.ROOT, "%.2f %%", count.share() * PERCENT));
        }
        List<String> lines = table.lines();
        output.line(output.bold(lines.get(0)));
        for (int i = 0; i < counts.size(); i++) {
            boolean low = least != null && counts.get(i).share() < least / PERCENT;
            output.line(low ? output.red(lines.get(i + 1)) : lines.get(i + 1));
        }
    }

    private static JsonObject json(List<CoverageCount> counts) {
        JsonArray rows = new JsonArray();
        counts.forEach(count -> rows.add(new JsonObject()
                .put("tenant", count.tenant())
                .put("upstream", count.upstream())
                .put("continued", count.continued())
                .put("contradicted", count.contradicted())
                .put("silent", count.silent())
                .put("coverage", count.share())));
        return new JsonObject().put("coverage", rows);
    }
}

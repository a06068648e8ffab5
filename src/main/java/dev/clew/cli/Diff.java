package dev.clew.cli;

import dev.clew.cli.Changes.Change;
import dev.clew.cli.ConfigFolder.Checked;
import dev.clew.cli.TenantValues.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a change of the configuration would do. */
@Command(
        name = "diff",
        description = {
            "Tells what a change would do: to hosts, routes, upstreams, settings and destinations.",
            "Compares a folder with what a gateway has in force, or with another folder: clew diff OLD NEW.",
            "Exits with 1 if there are differences. Values that are shown as *** are not compared."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class Diff implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "1..2", description = "The new folder; the old one before it, if two.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "URL",
            description = "The management port of the gateway with the old state.")
    private @Nullable String gateway;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token of the management port.")
    private @Nullable Path tokenFile;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    /** One side of the comparison. */
    private record Side(Map<String, List<Value>> tenants, Set<String> destinations) {}

    @Override
    public Integer call() {
        if ((gateway == null) == (folders.size() == 1)) {
            throw new ParameterException(spec.commandLine(), "diff: (expected: two folders, or one and --gateway)");
        }
        Side after = files(folders.get(folders.size() - 1));
        Side before = gateway == null ? files(folders.get(0)) : running(gateway);
        List<Change> changes = new ArrayList<>(Changes.between(before.tenants, after.tenants));
        destinations(before.destinations, after.destinations, changes);
        if (output.isJson()) {
            output.json(json(changes));
        } else {
            changes.forEach(this::print);
        }
        return changes.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private Side files(Path folder) {
        Checked checked = ConfigFolder.check(List.of(folder));
        if (!checked.problems().isEmpty()) {
            output.err().println(folder + ": " + checked.problems().size() + " problems, see 'clew validate'");
        }
        Set<String> names = new TreeSet<>();
        checked.check().destinations().forEach(destination -> names.add(destination.name()));
        return new Side(TenantValues.of(checked.check()), names);
    }

    private Side running(String url) {
        GatewayClient client = GatewayClient.of(url, tokenFile, GatewayOptions.TIMEOUT);
        JsonArray rows = client.get("/api/v1/destinations", Map.of()).getJsonArray("destinations", new JsonArray());
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < rows.size(); i++) {
            names.add(rows.getJsonObject(i).getString("name", ""));
        }
        return new Side(TenantValues.of(client, null), names);
    }

    private static void destinations(Set<String> before, Set<String> after, List<Change> changes) {
        TreeSet<String> names = new TreeSet<>(before);
        names.addAll(after);
        for (String name : names) {
            if (before.contains(name) != after.contains(name)) {
                changes.add(new Change("", after.contains(name) ? '+' : '-', "destination " + name));
            }
        }
    }

    private void print(Change change) {
        String line = change.kind() + " " + (change.tenant().isEmpty() ? "" : change.tenant() + " ") + change.what();
        output.line(
                switch (change.kind()) {
                    case '+' -> output.green(line);
                    case '-' -> output.red(line);
                    default -> output.yellow(line);
                });
    }

    private static JsonObject json(List<Change> changes) {
        JsonArray all = new JsonArray();
        changes.forEach(change -> all.add(new JsonObject()
                .put("tenant", change.tenant().isEmpty() ? null : change.tenant())
                .put("kind", change.kind() == '+' ? "added" : change.kind() == '-' ? "removed" : "changed")
                .put("what", change.what())));
        return new JsonObject().put("changes", all);
    }
}

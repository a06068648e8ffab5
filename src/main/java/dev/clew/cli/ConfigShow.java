package dev.clew.cli;

import dev.clew.cli.TenantValues.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the effective values of tenants, and where each comes from. */
@Command(
        name = "show",
        description = {
            "Shows the effective value of every setting of a tenant, and where it comes from.",
            "Reads files, or asks the gateway that --gateway names. Values that may be secret are shown as ***."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class ConfigShow implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|FILE",
            arity = "0..*",
            description = "A folder with gateway/ and tenants/, or files (default: CLEW_CONFIG, or this folder).")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--tenant", paramLabel = "NAME", description = "This tenant only.")
    private @Nullable String tenant;

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "URL",
            description = "Asks the gateway with this management port instead of reading files.")
    private @Nullable String gateway;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token of the management port.")
    private @Nullable Path tokenFile;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Map<String, List<Value>> tenants = gateway == null
                ? TenantValues.of(ConfigFolder.check(paths).check())
                : TenantValues.of(GatewayClient.of(gateway, tokenFile, GatewayOptions.TIMEOUT), tenant);
        if (tenant != null) {
            tenants.keySet().retainAll(List.of(tenant));
        }
        if (output.isJson()) {
            output.json(json(tenants));
        } else {
            tenants.forEach(this::print);
        }
        if (tenants.isEmpty()) {
            output.err().println(tenant == null ? "no tenant is served" : "no tenant " + tenant + " is served");
        }
        return tenants.isEmpty() ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    private void print(String id, List<Value> values) {
        output.line(output.bold(id));
        Table table = new Table();
        values.forEach(value -> table.row("  " + value.key(), value.shown(), value.source()));
        table.lines().forEach(output::line);
    }

    private static JsonObject json(Map<String, List<Value>> tenants) {
        JsonArray all = new JsonArray();
        tenants.forEach((id, values) -> {
            JsonArray rows = new JsonArray();
            values.forEach(value -> rows.add(new JsonObject()
                    .put("key", value.key())
                    .put("value", value.text())
                    .put("meaning", value.meaning())
                    .put("source", value.source())));
            all.add(new JsonObject().put("id", id).put("values", rows));
        });
        return new JsonObject().put("tenants", all);
    }
}

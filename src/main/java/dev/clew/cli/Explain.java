package dev.clew.cli;

import dev.clew.cli.ConfigFolder.Checked;
import dev.clew.explain.ExplainedRequest;
import dev.clew.explain.Explanation;
import dev.clew.explain.RoutingExplanation;
import dev.clew.explain.TrailStep;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains where a request would go, and why, without sending it. */
@Command(
        name = "explain",
        description = {
            "Explains where a request would go, and why; sends nothing.",
            "Reads files, or asks the gateway that --gateway names. Exits with 1 if no route takes the request."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class Explain implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|FILE",
            arity = "0..*",
            description = "A folder with gateway/ and tenants/, or files (default: CLEW_CONFIG, or this folder).")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--host", required = true, description = "The host that the client asks for.")
    private String host = "";

    @Option(names = "--path", required = true, description = "The path, with a query if routes match on one.")
    private String path = "";

    @Option(names = "--method", defaultValue = "GET", description = "The method (default: GET).")
    private String method = "";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME:VALUE",
            description = "A header field; may be given several times.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "URL",
            description = "Asks the gateway with this management port instead of reading files.")
    private @Nullable String gateway;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token of the management port.")
    private @Nullable Path tokenFile;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> fields = fields();
        JsonObject explanation = gateway == null ? local(fields) : remote(gateway);
        if (output.isJson()) {
            output.json(explanation);
        } else {
            print(explanation);
        }
        boolean routed = explanation.getJsonObject("outcome", new JsonObject()).getString("route") != null;
        return routed ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private JsonObject local(Map<String, String> fields) {
        Checked checked = ConfigFolder.check(paths);
        if (!checked.problems().isEmpty()) {
            output.err().println("the files have problems, see 'clew validate'");
        }
        return json(RoutingExplanation.of(
                checked.check().snapshot(),
                ExplainedRequest.parse(host, method, path, fields),
                checked.check().telemetry().propagators()));
    }

    private JsonObject remote(String url) {
        if (!paths.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--gateway: beside files (expected: one of the two)");
        }
        Map<String, List<String>> query = new HashMap<>();
        query.put("host", List.of(host));
        query.put("path", List.of(path));
        query.put("method", List.of(method));
        query.put("header", headers);
        return GatewayClient.of(url, tokenFile, GatewayOptions.TIMEOUT).get("/api/v1/explain", query);
    }

    /** Returns the header fields by name in lower case, several lines as one value (RFC 9110 section 5.3). */
    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new ParameterException(spec.commandLine(), "--header: (expected: NAME:VALUE)");
            }
            fields.merge(
                    header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return fields;
    }

    private static JsonObject json(Explanation explanation) {
        JsonArray trail = new JsonArray();
        for (TrailStep step : explanation.trail()) {
            trail.add(new JsonObject()
                    .put("step", step.step().token())
                    .put("verdict", step.verdict())
                    .put("why", step.why()));
        }
        Explanation.Outcome outcome = explanation.outcome();
        return new JsonObject()
                .put("story", explanation.story())
                .put("trail", trail)
                .put(
                        "outcome",
                        new JsonObject()
                                .put("status", outcome.status())
                                .put("tenant", outcome.tenant())
                                .put("route", outcome.route())
                                .put("upstream", outcome.upstream()));
    }

    private void print(JsonObject explanation) {
        output.line(output.bold(explanation.getString("story", "")));
        Trails.lines(explanation).forEach(output::line);
    }
}

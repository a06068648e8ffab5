package dev.clew.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what became of a request, found by an ID that its client has. */
@Command(
        name = "trace",
        description = {"Shows what became of the requests of a trace, on any replica.", "Exits with 1 if none is kept."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class TraceCommand implements Callable<Integer> {

    private static final int TRACE_ID = 32;
    private static final int SPAN_ID = 16;
    private static final String REQUESTS = "/api/v1/requests";

    /** The requests of one trace that are shown. */
    private static final String LIMIT = "20";

    @Parameters(
            paramLabel = "ID",
            description = "A trace ID or its beginning, a traceparent, or a request's ID (X-Span-Id).")
    private String id = "";

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        GatewayClient client = gateway.client();
        String hex = hex();
        List<JsonObject> found = new ArrayList<>();
        @Nullable JsonObject one = hex.length() == SPAN_ID ? client.find(REQUESTS + '/' + hex, Map.of()) : null;
        if (one == null) {
            JsonObject page = client.get(REQUESTS, Map.of("trace-id", List.of(hex), "limit", List.of(LIMIT)));
            JsonArray requests = page.getJsonArray("requests", new JsonArray());
            for (int i = 0; i < requests.size(); i++) {
                String request = requests.getJsonObject(i).getString("id", "");
                @Nullable JsonObject whole = client.find(REQUESTS + '/' + request, Map.of());
                found.add(whole == null ? requests.getJsonObject(i) : whole);
            }
            Missing.report(page, output);
        } else {
            found.add(one);
        }
        if (output.isJson()) {
            output.json(new JsonObject().put("requests", new JsonArray(found)));
        } else {
            found.forEach(this::print);
        }
        if (found.isEmpty()) {
            output.err().println("no request of " + hex + " is kept");
        }
        return found.isEmpty() ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    /** Returns the hexadecimal digits of the ID; those of the trace in a {@code traceparent}. */
    private String hex() {
        String text = id.strip().toLowerCase(Locale.ROOT);
        String[] parts = text.split("-", -1);
        String hex = parts.length >= 4 && parts[1].length() == TRACE_ID ? parts[1] : text;
        boolean valid = !hex.isEmpty()
                && hex.length() <= TRACE_ID
                && hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        if (!valid) {
            throw new ParameterException(
                    spec.commandLine(), "ID: (expected: a trace ID of 32 hexadecimal digits or its beginning)");
        }
        return hex;
    }

    private void print(JsonObject request) {
        output.line(output.bold(request.getString("story", "")));
        output.line("  " + output.faint(Requests.line(request)));
        Object attempts = request.getValue("attempts");
        if (attempts instanceof JsonArray all && !all.isEmpty()) {
            Requests.attempts(all).forEach(output::line);
        }
        Trails.lines(request).forEach(output::line);
        JsonArray links = request.getJsonArray("links", new JsonArray());
        for (int i = 0; i < links.size(); i++) {
            output.line("  " + links.getJsonObject(i).getString("url", ""));
        }
        output.line("");
    }
}

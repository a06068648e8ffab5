package dev.clew.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose requests; the API's parameters of the same names. */
final class RequestFilters {

    @Option(names = "--tenant", paramLabel = "NAME", description = "Requests of this tenant.")
    private @Nullable String tenant;

    @Option(names = "--route", paramLabel = "NAME", description = "Requests of this route.")
    private @Nullable String route;

    @Option(names = "--status", paramLabel = "STATUS", description = "A status, such as 502, or a class, such as 5xx.")
    private @Nullable String status;

    @Option(names = "--error", paramLabel = "CODE", description = "The code of the gateway's error.")
    private @Nullable String error;

    @Option(names = "--slower-than", paramLabel = "DURATION", description = "Such as 500ms or 2s.")
    private @Nullable String slowerThan;

    @Option(names = "--upstream", paramLabel = "NAME", description = "Requests sent to this upstream.")
    private @Nullable String upstream;

    @Option(names = "--endpoint", paramLabel = "HOST:PORT", description = "Requests sent to this endpoint.")
    private @Nullable String endpoint;

    @Option(
            names = "--worth",
            paramLabel = "WORTH",
            description = "failed, slow, rejected, retried, forced, broken-trace or ordinary.")
    private @Nullable String worth;

    Map<String, List<String>> query() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        add(query, "tenant", tenant);
        add(query, "route", route);
        add(query, "status", status);
        add(query, "error", error);
        add(query, "slower-than", slowerThan);
        add(query, "upstream", upstream);
        add(query, "endpoint", endpoint);
        add(query, "worth", worth);
        return query;
    }

    private static void add(Map<String, List<String>> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, List.of(value));
        }
    }
}

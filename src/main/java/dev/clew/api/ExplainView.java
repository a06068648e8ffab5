package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.explain.ExplainedRequest;
import dev.clew.explain.Explanation;
import dev.clew.explain.RoutingExplanation;
import dev.clew.trace.context.Propagators;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Explains what would become of a request, from the configuration in force; sends nothing. */
final class ExplainView {

    static final Set<String> PARAMETERS = Set.of("host", "path", "method", "header");

    private static final int MAX_HEADERS = 100;
    private static final int MAX_LENGTH = 8192;

    private final Supplier<LoadedConfiguration> configuration;
    private final Propagators propagators;

    /** @param propagators that read the caller's trace context */
    ExplainView(Supplier<LoadedConfiguration> configuration, Propagators propagators) {
        this.configuration = configuration;
        this.propagators = propagators;
    }

    JsonObject explain(ApiRequest request) {
        String method = request.text("method");
        ExplainedRequest explained = ExplainedRequest.parse(
                required(request, "host"),
                method == null ? "GET" : method.toUpperCase(Locale.ROOT),
                required(request, "path"),
                headers(request));
        Explanation explanation = RoutingExplanation.of(configuration.get().snapshot(), explained, propagators);
        Explanation.Outcome outcome = explanation.outcome();
        // Whether another tenant has the host is not theirs to know.
        if (!request.viewer().sees(outcome.tenant() == null ? "" : outcome.tenant())) {
            throw ApiFailure.notFound("None of the visible tenants serves such a request.");
        }
        return new JsonObject()
                .put("story", explanation.story())
                .put("trail", ApiJson.array(explanation.trail(), RequestJson::step))
                .put(
                        "outcome",
                        new JsonObject()
                                .put("status", outcome.status())
                                .put("tenant", outcome.tenant())
                                .put("route", outcome.route())
                                .put("upstream", outcome.upstream()));
    }

    private static String required(ApiRequest request, String name) {
        String value = request.text(name);
        if (value == null || value.length() > MAX_LENGTH) {
            throw ApiFailure.invalid(name, "a value of at most " + MAX_LENGTH + " characters");
        }
        return value;
    }

    private static Map<String, String> headers(ApiRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String field : request.texts("header")) {
            int colon = field.indexOf(':');
            if (colon < 1 || headers.size() == MAX_HEADERS) {
                throw ApiFailure.invalid("header", "Name:value, at most " + MAX_HEADERS + " times");
            }
            headers.put(
                    field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        return headers;
    }
}

package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.listener.NetworkStack;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The gateway itself: this replica, and the others. */
public final class GatewayView {

    private final Facts facts;
    private final Supplier<LoadedConfiguration> configuration;
    private final Supplier<Changes> changes;
    private final Supplier<JsonObject> telemetry;
    private final Clock clock;

    /**
     * Values that stay the same.
     *
     * @param mode {@code jvm} or {@code native}
     */
    public record Facts(String version, String mode, Instant started, NetworkStack stack, Replica replica) {}

    /**
     * The state of live configuration.
     *
     * @param applied when the tenants in force took effect
     * @param needsRestart keys that differ from those in force
     */
    public record Changes(Instant applied, List<String> needsRestart) {

        public Changes {
            needsRestart = List.copyOf(needsRestart);
        }
    }

    public GatewayView(
            Facts facts,
            Supplier<LoadedConfiguration> configuration,
            Supplier<Changes> changes,
            Supplier<JsonObject> telemetry,
            Clock clock) {
        this.facts = facts;
        this.configuration = configuration;
        this.changes = changes;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    Replica replica() {
        return facts.replica;
    }

    String version() {
        return facts.version;
    }

    /** Returns what anybody with a token may know, and for those who see all, what concerns the whole gateway. */
    JsonObject read(ApiRequest request) {
        Changes now = changes.get();
        JsonObject json = new JsonObject()
                .put("name", "clew")
                .put("version", facts.version)
                .put("mode", facts.mode)
                .put("started", ApiJson.time(facts.started))
                .put(
                        "uptimeMs",
                        Duration.between(facts.started, clock.instant()).toMillis())
                .put("transport", facts.stack.transport())
                .put("resolver", facts.stack.resolver())
                .put("replica", facts.replica.name())
                .put("configurationApplied", ApiJson.time(now.applied))
                .put("tenants", visibleTenants(request));
        if (request.viewer().seesAll()) {
            json.put("destinations", destinationNames())
                    .put("needsRestart", new JsonArray(now.needsRestart))
                    .put("problems", configuration.get().problems().size());
        }
        return json;
    }

    private long visibleTenants(ApiRequest request) {
        return configuration.get().snapshot().tenants().stream()
                .filter(entry -> request.viewer().sees(entry.tenant().id().value()))
                .count();
    }

    private JsonArray destinationNames() {
        JsonArray names = new JsonArray();
        JsonArray destinations = telemetry.get().getJsonArray("destinations", new JsonArray());
        for (int i = 0; i < destinations.size(); i++) {
            names.add(destinations.getJsonObject(i).getString("name"));
        }
        return names;
    }

    /** Returns this replica's part, and those of the others beside it. */
    static JsonObject merge(ApiRequest request, List<Object> parts) {
        JsonArray others = new JsonArray();
        parts.subList(1, parts.size()).forEach(others::add);
        return ((JsonObject) parts.get(0)).copy().put("others", others);
    }
}

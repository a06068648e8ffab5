package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.tenant.TenantEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The destinations of telemetry. Whoever sees some tenants only learns the state of the destinations that these export
 * to, and no count, since the others' spans are counted too.
 */
final class DestinationViews {

    private static final String DESTINATIONS = "destinations";
    private static final Set<String> FOR_TENANTS = Set.of("name", "state", "protocol");

    private final Supplier<JsonObject> telemetry;
    private final Supplier<LoadedConfiguration> configuration;
    private final Replica replica;

    /** @param telemetry the page of telemetry */
    DestinationViews(Supplier<JsonObject> telemetry, Supplier<LoadedConfiguration> configuration, Replica replica) {
        this.telemetry = telemetry;
        this.configuration = configuration;
        this.replica = replica;
    }

    JsonObject list(ApiRequest request) {
        JsonObject page = telemetry.get();
        JsonArray destinations = page.getJsonArray(DESTINATIONS, new JsonArray());
        return request.viewer().seesAll()
                ? page.put("destinations", named(destinations))
                : new JsonObject().put("destinations", ofTenants(destinations, exportedTo(request)));
    }

    /** Lists all replicas' rows; of the others', no more than this one shows the caller, as their tokens may differ. */
    static Object merge(ApiRequest request, List<Object> parts) {
        JsonObject merged = (JsonObject) new Lists(DESTINATIONS).merge(request, parts);
        if (request.viewer().seesAll()) {
            return merged;
        }
        Set<String> names = new HashSet<>();
        for (Object row : ((JsonObject) parts.get(0)).getJsonArray(DESTINATIONS, new JsonArray())) {
            names.add(((JsonObject) row).getString("name", ""));
        }
        JsonArray visible = new JsonArray();
        for (Object row : merged.getJsonArray(DESTINATIONS)) {
            JsonObject copy = ((JsonObject) row).copy();
            if (names.contains(copy.getString("name", ""))) {
                copy.fieldNames().removeIf(name -> !FOR_TENANTS.contains(name) && !name.equals("replica"));
                visible.add(copy);
            }
        }
        return merged.put(DESTINATIONS, visible);
    }

    private JsonArray named(JsonArray destinations) {
        JsonArray named = new JsonArray();
        for (int i = 0; i < destinations.size(); i++) {
            named.add(destinations.getJsonObject(i).put("replica", replica.name()));
        }
        return named;
    }

    private Set<String> exportedTo(ApiRequest request) {
        Set<String> names = new HashSet<>();
        for (TenantEntry entry : configuration.get().snapshot().tenants()) {
            if (request.viewer().sees(entry.tenant().id().value())) {
                names.addAll(entry.tenant().tracing().exportTo());
            }
        }
        return names;
    }

    private JsonArray ofTenants(JsonArray destinations, Set<String> names) {
        JsonArray visible = new JsonArray();
        for (int i = 0; i < destinations.size(); i++) {
            JsonObject row = destinations.getJsonObject(i).copy();
            if (names.contains(row.getString("name"))) {
                row.fieldNames().retainAll(FOR_TENANTS);
                visible.add(row.put("replica", replica.name()));
            }
        }
        return visible;
    }
}

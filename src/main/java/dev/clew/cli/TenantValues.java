package dev.clew.cli;

import dev.clew.config.watch.ConfigCheck;
import dev.clew.config.yaml.EffectiveValues;
import dev.clew.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The effective values of tenants, of files or of a running gateway, in the form of the API. */
final class TenantValues {

    private static final String TENANTS = "/api/v1/tenants";

    private TenantValues() {}

    /**
     * One value.
     *
     * @param text the value; null for none, and then {@code meaning} says what that means
     * @param source {@code file:line}, {@code built-in}, or both for a tenant's default
     */
    record Value(String key, @Nullable String text, @Nullable String meaning, String source) {

        String shown() {
            return text != null ? text : meaning == null ? "" : "(" + meaning + ")";
        }
    }

    /** Returns the values of each tenant that would be served, by its name. */
    static Map<String, List<Value>> of(ConfigCheck check) {
        Map<String, List<Value>> tenants = new TreeMap<>();
        check.snapshot().tenants().forEach(entry -> {
            TenantId id = entry.tenant().id();
            List<Value> values = check.sources().values(id, System::getenv).stream()
                    .map(TenantValues::value)
                    .toList();
            tenants.put(id.value(), values);
        });
        return tenants;
    }

    private static Value value(EffectiveValues.Value value) {
        String kind = value.origin().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Value(value.key(), value.text(), value.absent(), source(kind, value.file(), value.line()));
    }

    /** Returns the values of each tenant in force, by its name. */
    static Map<String, List<Value>> of(GatewayClient client, @Nullable String only) {
        List<String> ids = new ArrayList<>();
        if (only != null) {
            ids.add(only);
        } else {
            JsonArray all = client.get(TENANTS, Map.of()).getJsonArray("tenants", new JsonArray());
            for (int i = 0; i < all.size(); i++) {
                ids.add(all.getJsonObject(i).getString("id", ""));
            }
        }
        Map<String, List<Value>> tenants = new TreeMap<>();
        for (String id : ids) {
            @Nullable JsonObject tenant = client.find(TENANTS + '/' + id, Map.of());
            if (tenant != null) {
                tenants.put(id, values(tenant.getJsonArray("values", new JsonArray())));
            }
        }
        return tenants;
    }

    private static List<Value> values(JsonArray array) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonObject value = array.getJsonObject(i);
            JsonObject source = value.getJsonObject("source", new JsonObject());
            @Nullable Object text = value.getValue("value");
            @Nullable String file = source.getString("file");
            values.add(new Value(
                    value.getString("key", ""),
                    text == null ? null : text.toString(),
                    value.getString("meaning"),
                    source(
                            source.getString("kind", ""),
                            file == null ? "" : file,
                            source.getInteger("line") == null ? 0 : source.getInteger("line"))));
        }
        return values;
    }

    private static String source(String kind, String file, int line) {
        String place = file.isEmpty() || line == 0 ? file : file + ':' + line;
        return switch (kind) {
            case "file" -> place;
            case "built-in" -> kind;
            default -> kind + (place.isEmpty() ? "" : " (" + place + ')');
        };
    }
}

package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.config.yaml.EffectiveValues;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.upstream.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tenants in force, and their effective configuration with the place of each value. */
final class TenantViews {

    private final Supplier<LoadedConfiguration> configuration;
    private final Function<String, @Nullable String> environment;

    TenantViews(Supplier<LoadedConfiguration> configuration, Function<String, @Nullable String> environment) {
        this.configuration = configuration;
        this.environment = environment;
    }

    JsonObject list(ApiRequest request) {
        LoadedConfiguration shown = configuration.get();
        JsonArray tenants = new JsonArray();
        for (TenantEntry entry : shown.snapshot().tenants()) {
            if (request.concerns(entry.tenant().id().value())) {
                tenants.add(summary(entry.tenant(), shown));
            }
        }
        return new JsonObject().put("tenants", tenants);
    }

    private static JsonObject summary(Tenant tenant, LoadedConfiguration shown) {
        String file = shown.sources().file(tenant.id());
        long problems = shown.problems().stream()
                .filter(problem -> problem.file().equals(file))
                .count();
        return new JsonObject()
                .put("id", tenant.id().value())
                .put("hosts", ApiJson.array(tenant.hosts(), HostPattern::toString))
                .put("suspended", tenant.suspended())
                .put("routes", tenant.routes().size())
                .put("upstreams", tenant.upstreams().size())
                .put("problems", problems)
                .put("onLastGoodState", shown.onLastGoodState().contains(tenant.id()))
                .put("file", file);
    }

    /** Returns one tenant; null if it is not in force, or not the caller's to see. */
    @Nullable JsonObject one(ApiRequest request) {
        LoadedConfiguration shown = configuration.get();
        TenantEntry entry = find(request, shown);
        if (entry == null) {
            return null;
        }
        Tenant tenant = entry.tenant();
        return summary(tenant, shown)
                .put("values", ApiJson.array(shown.sources().values(tenant.id(), environment), TenantViews::value))
                .put("routes", ApiJson.array(tenant.routes(), TenantViews::route))
                .put("upstreams", ApiJson.array(tenant.upstreams().values(), TenantViews::upstream));
    }

    private static @Nullable TenantEntry find(ApiRequest request, LoadedConfiguration shown) {
        String id = request.part("id");
        try {
            return request.viewer().sees(id) ? shown.snapshot().tenant(new TenantId(id)) : null;
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static JsonObject value(EffectiveValues.Value value) {
        boolean builtIn = value.origin() == EffectiveValues.Origin.BUILT_IN;
        JsonObject source = new JsonObject()
                .put("kind", value.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("file", builtIn ? null : value.file())
                .put("line", builtIn || value.line() == 0 ? null : value.line());
        JsonObject json = new JsonObject().put("key", value.key()).put("value", value.text());
        if (value.absent() != null) {
            json.put("meaning", value.absent());
        }
        return json.put("source", source);
    }

    private static JsonObject route(Route route) {
        return new JsonObject()
                .put("name", route.name())
                .put("path", route.match().path().template())
                .put(
                        "methods",
                        new JsonArray(
                                new ArrayList<>(new TreeSet<>(route.match().methods()))))
                .put("upstreams", ApiJson.array(route.action().upstreams(), Upstream::name));
    }

    private static JsonObject upstream(Upstream upstream) {
        return new JsonObject()
                .put("name", upstream.name())
                .put("protocol", upstream.connections().protocol().token())
                .put(
                        "endpoints",
                        ApiJson.array(
                                upstream.endpoints(),
                                endpoint -> (endpoint.tls() ? "https://" : "http://")
                                        + PeerAddresses.authority(endpoint.host(), endpoint.port())));
    }
}

package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.upstream.PoolStatus;
import dev.clew.upstream.UpstreamPools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The upstreams in force: their circuits, connections and addresses. */
final class UpstreamViews {

    private final Supplier<LoadedConfiguration> configuration;
    private final UpstreamPools pools;
    private final Replica replica;

    UpstreamViews(Supplier<LoadedConfiguration> configuration, UpstreamPools pools, Replica replica) {
        this.configuration = configuration;
        this.pools = pools;
        this.replica = replica;
    }

    JsonObject list(ApiRequest request) {
        JsonArray upstreams = new JsonArray();
        for (TenantEntry entry : configuration.get().snapshot().tenants()) {
            String tenant = entry.tenant().id().value();
            if (request.concerns(tenant)) {
                for (Upstream upstream : entry.tenant().upstreams().values()) {
                    PoolStatus status = pools.status(upstream);
                    if (status != null) {
                        upstreams.add(json(tenant, upstream, status));
                    }
                }
            }
        }
        return new JsonObject().put("upstreams", upstreams);
    }

    private JsonObject json(String tenant, Upstream upstream, PoolStatus status) {
        Connections connections = upstream.connections();
        return new JsonObject()
                .put("tenant", tenant)
                .put("name", upstream.name())
                .put("circuit", status.circuit())
                .put("protocol", connections.protocol().token())
                .put("balancing", policy(upstream.selection().balancing().policy()))
                .put("endpoints", ApiJson.array(status.addresses(), UpstreamViews::address))
                .put(
                        "connections",
                        new JsonObject().put("open", status.active()).put("max", connections.atOnce()))
                .put("pending", new JsonObject().put("open", status.pending()).put("max", connections.pending()))
                .put("retries", status.retries())
                .put("replica", replica.name());
    }

    private static String policy(Balancing.Policy policy) {
        return policy instanceof Balancing.RoundRobin
                ? "round-robin"
                : policy instanceof Balancing.LeastRequests ? "least-requests" : "hash";
    }

    private static JsonObject address(PoolStatus.Address address) {
        @Nullable String name = address.endpoint().host().equals(address.host())
                ? null
                : address.endpoint().host();
        return new JsonObject()
                .put(
                        "address",
                        PeerAddresses.authority(
                                address.host(), address.endpoint().port()))
                .put("name", name)
                .put("tls", address.endpoint().tls())
                .put("healthy", address.healthy())
                .put("ejected", address.ejected())
                .put("reachable", address.reachable())
                .put("requests", address.requests())
                .put("failures", address.failures());
    }
}

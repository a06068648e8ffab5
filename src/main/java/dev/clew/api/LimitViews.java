package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.TenantShare;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.upstream.PoolStatus;
import dev.clew.upstream.UpstreamPools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The limits of tenants and their upstreams, each with its use at this replica. */
final class LimitViews {

    private static final String TENANT = "limits.";

    private final Supplier<LoadedConfiguration> configuration;
    private final UpstreamPools pools;
    private final Replica replica;

    LimitViews(Supplier<LoadedConfiguration> configuration, UpstreamPools pools, Replica replica) {
        this.configuration = configuration;
        this.pools = pools;
        this.replica = replica;
    }

    JsonObject list(ApiRequest request) {
        JsonArray limits = new JsonArray();
        for (TenantEntry entry : configuration.get().snapshot().tenants()) {
            String tenant = entry.tenant().id().value();
            if (request.concerns(tenant)) {
                new Rows(limits, tenant).addAll(entry);
            }
        }
        return new JsonObject().put("limits", limits);
    }

    /** The limits of one tenant. */
    private final class Rows {

        private final JsonArray all;
        private final String tenant;

        Rows(JsonArray all, String tenant) {
            this.all = all;
            this.tenant = tenant;
        }

        void addAll(TenantEntry entry) {
            TenantShare share = entry.share();
            Limits limits = share.limits();
            if (limits.rate().isLimited()) {
                long left = share.tokensLeft(System.nanoTime());
                int burst = limits.rate().burst();
                add(TENANT + "requests-per-second", limits.rate().perSecond(), null, "requests/s");
                add(TENANT + "burst", burst, Math.max(0, burst - left), "requests");
            }
            add(TENANT + "concurrent-requests", limits.concurrentRequests(), (long) share.underWay(), "requests");
            add(
                    TENANT + "connections",
                    limits.connections(),
                    (long) share.connections().count(),
                    "connections");
            add(TENANT + "request-body", limits.requestBody(), null, "bytes");
            add(TENANT + "header-size", limits.headerSize(), null, "bytes");
            // Its bound is what others leave, and so differs from moment to moment.
            all.add(row("memory", null, entry.account().held(), "bytes"));
            for (Upstream upstream : entry.tenant().upstreams().values()) {
                PoolStatus status = pools.status(upstream);
                if (status != null) {
                    String key = "upstreams." + upstream.name() + '.';
                    add(key + "connections", upstream.connections().atOnce(), (long) status.active(), "requests");
                    add(
                            key + "pending-requests",
                            upstream.connections().pending(),
                            (long) status.pending(),
                            "requests");
                }
            }
        }

        private void add(String key, long bound, @Nullable Long use, String unit) {
            if (bound != Limits.UNLIMITED) {
                all.add(row(key, bound, use, unit));
            }
        }

        private JsonObject row(String key, @Nullable Long bound, @Nullable Long use, String unit) {
            return new JsonObject()
                    .put("tenant", tenant)
                    .put("key", key)
                    .put("bound", bound)
                    .put("use", use)
                    .put("unit", unit)
                    .put("replica", replica.name());
        }
    }
}

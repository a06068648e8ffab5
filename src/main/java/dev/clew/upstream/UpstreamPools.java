package dev.clew.upstream;

import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Upstream;
import io.vertx.core.Vertx;
import java.util.IdentityHashMap;
import java.util.Map;

/** The pool of every upstream in force. */
public final class UpstreamPools {

    private final Vertx vertx;
    /** By identity: comparing two upstreams field by field would be too much for each request. */
    private volatile Map<Upstream, UpstreamPool> pools = Map.of();

    public UpstreamPools(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Makes ready for a snapshot, before any request sees it. */
    public synchronized void prepare(Snapshot snapshot) {
        Map<Upstream, UpstreamPool> next = new IdentityHashMap<>(pools);
        for (TenantEntry entry : snapshot.tenants()) {
            for (Upstream upstream : entry.tenant().upstreams().values()) {
                next.computeIfAbsent(upstream, added -> new UpstreamPool(vertx, added));
            }
        }
        pools = next;
    }

    /** Ends all connections. */
    public void close() {
        pools.values().forEach(UpstreamPool::close);
    }

    /** The pool of an upstream that belongs to a prepared snapshot. */
    public UpstreamPool of(Upstream upstream) {
        UpstreamPool pool = pools.get(upstream);
        if (pool == null) {
            throw new IllegalStateException(
                    "upstream " + upstream.name() + " has no pool: its snapshot was not prepared");
        }
        return pool;
    }
}

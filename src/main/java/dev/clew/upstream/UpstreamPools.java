package dev.clew.upstream;

import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The pool of every upstream in force. */
public final class UpstreamPools {

    private static final Logger LOG = Logger.getLogger(UpstreamPools.class);

    private final VertxInternal vertx;
    private final MeterRegistry meters;
    private final AddressLookup names = AddressLookup.ofThisMachine();
    /** By identity: comparing two upstreams field by field would be too much for each request. */
    private volatile Map<Upstream, UpstreamPool> pools = Map.of();

    public UpstreamPools(Vertx vertx, MeterRegistry meters) {
        this.vertx = (VertxInternal) vertx;
        this.meters = meters;
    }

    /** Makes ready for a snapshot, before any request sees it. */
    public synchronized void prepare(Snapshot snapshot) {
        Map<Upstream, UpstreamPool> next = new IdentityHashMap<>(pools);
        for (TenantEntry entry : snapshot.tenants()) {
            String tenant = entry.tenant().id().value();
            for (Upstream upstream : entry.tenant().upstreams().values()) {
                next.computeIfAbsent(upstream, added -> begin(tenant, added));
            }
        }
        pools = next;
    }

    private UpstreamPool begin(String tenant, Upstream upstream) {
        if (upstream.connections().tls().insecure()) {
            LOG.warnf("upstream %s/%s: any certificate is believed (tls.insecure)", tenant, upstream.name());
        }
        UpstreamPool pool = new UpstreamPool(vertx, meters, names, tenant, upstream);
        if (upstream.selection().check() != null) {
            pool.begin();
        }
        return pool;
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

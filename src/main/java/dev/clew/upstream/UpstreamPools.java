package dev.clew.upstream;

import dev.clew.budget.Account;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Upstream;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** The pool of every upstream in force. */
public final class UpstreamPools {

    private static final Logger LOG = Logger.getLogger(UpstreamPools.class);

    private final VertxInternal vertx;
    private final SharedMeters meters;
    private final AddressLookup names = AddressLookup.ofThisMachine();
    private final ResponseLimits responses = ResponseLimits.of(ConfigProvider.getConfig());
    /** By identity: comparing two upstreams field by field would be too much for each request. */
    private volatile Map<Upstream, UpstreamPool> pools = Map.of();

    public UpstreamPools(Vertx vertx, MeterRegistry meters) {
        this.vertx = (VertxInternal) vertx;
        this.meters = new SharedMeters(meters);
    }

    /** Makes ready for a snapshot, before any request sees it. */
    public synchronized void prepare(Snapshot snapshot) {
        Map<Upstream, UpstreamPool> next = new IdentityHashMap<>(pools);
        for (TenantEntry entry : snapshot.tenants()) {
            for (Upstream upstream : entry.tenant().upstreams().values()) {
                next.computeIfAbsent(upstream, added -> begin(entry.account(), added));
            }
        }
        pools = next;
    }

    /** Lets go of the pools of all upstreams that are in none of these snapshots, which are all that requests use. */
    public synchronized void retain(Collection<Snapshot> live) {
        Map<Upstream, UpstreamPool> next = new IdentityHashMap<>();
        for (Snapshot snapshot : live) {
            for (TenantEntry entry : snapshot.tenants()) {
                for (Upstream upstream : entry.tenant().upstreams().values()) {
                    next.computeIfAbsent(upstream, pools::get);
                }
            }
        }
        Map<Upstream, UpstreamPool> before = pools;
        pools = next;
        before.forEach((upstream, pool) -> {
            if (!next.containsKey(upstream)) {
                pool.retire();
            }
        });
    }

    private UpstreamPool begin(Account owner, Upstream upstream) {
        if (upstream.connections().tls().insecure()) {
            LOG.warnf("upstream %s/%s: any certificate is believed (tls.insecure)", owner.owner(), upstream.name());
        }
        UpstreamPool pool = new UpstreamPool(vertx, meters, names, new StrictResponses(responses, owner), upstream);
        if (upstream.selection().check() != null) {
            pool.begin();
        }
        return pool;
    }

    /**
     * Connects to the first upstreams of a snapshot once, in the background.
     *
     * @param most how many upstreams
     * @param bound after it no further connection is begun
     */
    public void connect(Snapshot snapshot, int most, Duration bound) {
        List<UpstreamPool> first = snapshot.tenants().stream()
                .flatMap(entry -> entry.tenant().upstreams().values().stream())
                .limit(most)
                .map(this::of)
                .toList();
        new FirstConnections(first, bound).begin();
    }

    /** Those of a snapshot whose circuits are not closed, as {@code tenant/upstream}, in its order. */
    public List<String> failing(Snapshot snapshot) {
        Map<Upstream, UpstreamPool> known = pools;
        List<String> failing = new ArrayList<>();
        for (TenantEntry entry : snapshot.tenants()) {
            for (Upstream upstream : entry.tenant().upstreams().values()) {
                UpstreamPool pool = known.get(upstream);
                if (pool != null && !pool.circuit().isClosed()) {
                    failing.add(entry.tenant().id().value() + '/' + upstream.name());
                }
            }
        }
        return failing;
    }

    /** How many there are. */
    int count() {
        return pools.size();
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

package dev.clew.upstream;

import dev.clew.budget.Account;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.SnapshotResources;
import dev.clew.tenant.SnapshotResources.Needs;
import dev.clew.tenant.SnapshotUser;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The pools of all upstreams in force. */
public final class UpstreamPools implements SnapshotUser {

    private static final Logger LOG = Logger.getLogger(UpstreamPools.class);
    private static final String DIRECT = "clew.direct-upstreams";

    private final VertxInternal vertx;
    private final SharedMeters meters;
    private final boolean direct;
    private final AddressLookup names = AddressLookup.ofThisMachine();
    private final ResponseLimits responses = ResponseLimits.of(ConfigProvider.getConfig());
    private final SnapshotResources<Upstream, UpstreamPool> pools =
            SnapshotResources.byIdentity(this::needs, UpstreamPool::retire);

    /** Creates pools whose failed health checks are not traced. */
    public UpstreamPools(Vertx vertx, MeterRegistry meters) {
        this(vertx, meters, InternalSpans.NONE);
    }

    /** @param spans of failed health checks */
    public UpstreamPools(Vertx vertx, MeterRegistry meters, InternalSpans spans) {
        this(
                vertx,
                meters,
                spans,
                ConfigProvider.getConfig()
                        .getOptionalValue(DIRECT, Boolean.class)
                        .orElse(true));
    }

    /** @param direct as in {@link ClientFactory} */
    public UpstreamPools(Vertx vertx, MeterRegistry meters, InternalSpans spans, boolean direct) {
        this.vertx = (VertxInternal) vertx;
        this.meters = new SharedMeters(meters, spans);
        this.direct = direct;
    }

    private void needs(TenantEntry entry, Needs<Upstream, UpstreamPool> needs) {
        for (Upstream upstream : entry.tenant().upstreams().values()) {
            needs.add(upstream, () -> begin(entry.account(), upstream));
        }
    }

    /** Creates the pools of a snapshot, before any request uses it. */
    @Override
    public void prepare(Snapshot snapshot) {
        pools.prepare(snapshot);
    }

    /** Retires the pools of upstreams in none of these snapshots, which are all that requests use. */
    @Override
    public void retain(Collection<Snapshot> live) {
        pools.retain(live);
    }

    private UpstreamPool begin(Account owner, Upstream upstream) {
        if (upstream.connections().tls().insecure()) {
            LOG.warnf("upstream %s/%s: certificates are not verified (tls.insecure)", owner.owner(), upstream.name());
        }
        StrictResponses strict = new StrictResponses(responses, owner);
        UpstreamPool pool = new UpstreamPool(vertx, meters, names, strict, direct, upstream);
        if (upstream.selection().check() != null) {
            pool.begin();
        }
        return pool;
    }

    /**
     * Connects once to the first upstreams of a snapshot, in the background.
     *
     * @param most number of upstreams
     * @param bound time after which no connection is begun
     */
    public void connect(Snapshot snapshot, int most, Duration bound) {
        List<UpstreamPool> first = snapshot.tenants().stream()
                .flatMap(entry -> entry.tenant().upstreams().values().stream())
                .limit(most)
                .map(this::of)
                .toList();
        new FirstConnections(first, bound).begin();
    }

    /** Returns the upstreams of a snapshot whose circuits are not closed, as {@code tenant/upstream}, in its order. */
    public List<String> failing(Snapshot snapshot) {
        List<String> failing = new ArrayList<>();
        for (TenantEntry entry : snapshot.tenants()) {
            for (Upstream upstream : entry.tenant().upstreams().values()) {
                UpstreamPool pool = pools.find(upstream);
                if (pool != null && !pool.circuit().isClosed()) {
                    failing.add(entry.tenant().id().value() + '/' + upstream.name());
                }
            }
        }
        return failing;
    }

    /** Returns the number of pools. */
    int count() {
        return pools.all().size();
    }

    /** Closes all connections. */
    public void close() {
        pools.all().forEach(UpstreamPool::close);
    }

    /** Returns the state of an upstream; null for one that no live snapshot has any more. */
    public @Nullable PoolStatus status(Upstream upstream) {
        UpstreamPool pool = pools.find(upstream);
        return pool == null ? null : pool.status();
    }

    /** Returns the pool of an upstream in a prepared snapshot. */
    public UpstreamPool of(Upstream upstream) {
        return pools.get(upstream);
    }
}

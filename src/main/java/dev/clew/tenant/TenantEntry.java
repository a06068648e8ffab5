package dev.clew.tenant;

import dev.clew.route.RouteTable;
import dev.clew.trace.context.Baggage;
import dev.clew.trace.context.Sampler;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant with what is computed from it once, when a snapshot is built, rather than for every request, and with what it
 * has used up of its budgets.
 */
public final class TenantEntry {

    private final Tenant tenant;
    private final RouteTable<Route> routes;
    private final Sampler sampler;
    private final Map<String, Sampler> routeSamplers;
    private final Baggage baggage;
    private final TenantShare share;

    private TenantEntry(Tenant tenant, RouteTable<Route> routes) {
        this.tenant = tenant;
        this.routes = routes;
        this.sampler = tenant.tracing().sampling().started();
        Map<String, Sampler> own = new HashMap<>();
        for (Route route : tenant.routes()) {
            Sampling sampling = route.sampling();
            if (sampling != null) {
                own.put(route.name(), sampling.started());
            }
        }
        this.routeSamplers = Map.copyOf(own);
        this.baggage = new Baggage(tenant.id().value(), tenant.tracing().baggage());
        this.share = new TenantShare(tenant.limits());
    }

    /**
     * Builds the tenant's route table.
     *
     * @throws IllegalArgumentException where its routes would make look-ups slow, see {@link RouteTable#of}
     */
    public static TenantEntry of(Tenant tenant) {
        return new TenantEntry(
                tenant,
                RouteTable.of(tenant.routes().stream()
                        .map(route -> new RouteTable.Entry<>(route.name(), route.match(), route))
                        .toList()));
    }

    public Tenant tenant() {
        return tenant;
    }

    public RouteTable<Route> routes() {
        return routes;
    }

    /** What decides about recording a request that takes this route, or none. */
    public Sampler sampler(@Nullable Route route) {
        if (route == null || routeSamplers.isEmpty()) {
            return sampler;
        }
        Sampler own = routeSamplers.get(route.name());
        return own == null ? sampler : own;
    }

    /** What this tenant's upstreams get as baggage. */
    public Baggage baggage() {
        return baggage;
    }

    public TenantShare share() {
        return share;
    }
}

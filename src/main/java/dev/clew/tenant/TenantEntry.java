package dev.clew.tenant;

import dev.clew.budget.Account;
import dev.clew.budget.Ledger;
import dev.clew.rate.TokenBucket;
import dev.clew.route.RouteTable;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.limit.TenantShare;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tracing.Keep;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.trace.context.Baggage;
import dev.clew.trace.context.Sampler;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tenant with the values computed from it once per snapshot rather than per request, and with the usage of its
 * budgets.
 */
public final class TenantEntry {

    private final Tenant tenant;
    private final Set<String> hosts;
    private final RouteTable<Route> routes;
    private final Sampler sampler;
    private final Map<String, Sampler> routeSamplers;
    private final Baggage baggage;
    private final TenantShare share;
    private final Account account;
    private final TokenBucket keepBudget;

    private TenantEntry(
            Tenant tenant, RouteTable<Route> routes, Map<String, Sampler> routeSamplers, @Nullable TenantEntry before) {
        this.tenant = tenant;
        this.hosts = tenant.hosts().stream()
                .filter(host -> !host.wildcard())
                .map(HostPattern::name)
                .collect(Collectors.toUnmodifiableSet());
        this.routes = routes;
        this.routeSamplers = Map.copyOf(routeSamplers);
        this.baggage = new Baggage(tenant.id().value(), tenant.tracing().baggage());
        Sampling sampling = tenant.tracing().sampling();
        this.sampler = before != null && before.tenant.tracing().sampling().equals(sampling)
                ? before.sampler
                : sampling.newSampler();
        Keep keep = tenant.tracing().keep();
        this.keepBudget =
                before != null && before.tenant.tracing().keep().equals(keep) ? before.keepBudget : keep.budget();
        this.share = before != null ? before.share.under(tenant.limits()) : new TenantShare(tenant.limits());
        this.account = before != null
                ? before.account
                : Ledger.ofProcess().account(tenant.id().value());
    }

    /**
     * Builds the tenant's route table.
     *
     * @throws IllegalArgumentException if its routes would make look-ups slow, see {@link RouteTable#of}
     */
    public static TenantEntry of(Tenant tenant) {
        Map<String, Sampler> samplers = new HashMap<>();
        samplings(tenant).forEach((route, sampling) -> samplers.put(route, sampling.newSampler()));
        return new TenantEntry(
                tenant,
                RouteTable.of(tenant.routes().stream()
                        .map(route -> new RouteTable.Entry<>(route.name(), route.match(), route))
                        .toList()),
                samplers,
                null);
    }

    private static Map<String, Sampling> samplings(Tenant tenant) {
        Map<String, Sampling> own = new HashMap<>();
        for (Route route : tenant.routes()) {
            if (route.sampling() != null) {
                own.put(route.name(), route.sampling());
            }
        }
        return own;
    }

    /** Returns whether the tenant has this host by name, not by a wildcard. */
    public boolean hasHost(String host) {
        return hosts.contains(host);
    }

    /**
     * Returns this tenant with the usage of its former state: budgets that have not changed keep what is used of them.
     */
    public TenantEntry withUsageOf(TenantEntry before) {
        Map<String, Sampling> samplings = samplings(tenant);
        Map<String, Sampler> samplers = new HashMap<>(routeSamplers);
        samplings(before.tenant).forEach((route, sampling) -> {
            if (sampling.equals(samplings.get(route))) {
                samplers.put(route, before.sampler(route));
            }
        });
        return new TenantEntry(tenant, routes, samplers, before);
    }

    public Tenant tenant() {
        return tenant;
    }

    public RouteTable<Route> routes() {
        return routes;
    }

    /** Returns the sampler for requests on this route; null for no route. */
    public Sampler sampler(@Nullable Route route) {
        return route == null || routeSamplers.isEmpty() ? sampler : sampler(route.name());
    }

    private Sampler sampler(String route) {
        Sampler own = routeSamplers.get(route);
        return own == null ? sampler : own;
    }

    /** Returns the baggage for this tenant's upstreams. */
    public Baggage baggage() {
        return baggage;
    }

    /** Returns the budget of unsampled requests whose spans are exported after all. */
    public TokenBucket keepBudget() {
        return keepBudget;
    }

    public TenantShare share() {
        return share;
    }

    /** Returns the account of the memory held for this tenant, shared by all its states. */
    public Account account() {
        return account;
    }
}

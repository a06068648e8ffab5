package dev.clew.tenant;

import dev.clew.route.RouteTable;

/** A tenant with what is computed from it once, when a snapshot is built, rather than for every request. */
public record TenantEntry(Tenant tenant, RouteTable<Route> routes) {

    /**
     * Builds the tenant's route table.
     *
     * @throws IllegalArgumentException where its routes would make look-ups slow, see {@link RouteTable#of}
     */
    public static TenantEntry of(Tenant tenant) {
        return new TenantEntry(
                tenant,
                RouteTable.of(tenant.routes().stream()
                        .map(route -> new RouteTable.Entry<>(route.name(), route.path(), route.methods(), route))
                        .toList()));
    }
}

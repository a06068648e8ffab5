package dev.clew.tenant;

import dev.clew.route.Conditions;
import dev.clew.route.Match;
import dev.clew.route.RequestFacts;
import dev.clew.route.RequestPath;
import dev.clew.route.RouteMatch;
import dev.clew.route.RouteTable;
import dev.clew.tenant.host.HostClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of one host: a single owner, or several that share it. The cost of a look-up does not depend on their
 * number.
 */
public sealed interface HostOwners {

    /**
     * Returns the tenant that claims the request, or null.
     *
     * @param path the normalised path, so that no spelling of a path reaches another tenant; null if the request has
     *     none
     */
    @Nullable TenantEntry find(@Nullable RequestPath path, RequestFacts request);

    /** Returns true if the owner depends on the request's path. */
    default boolean isDecidedByPath() {
        return false;
    }

    /**
     * Combines the tenants of one host.
     *
     * @throws IllegalArgumentException if their claims conflict
     */
    static HostOwners of(List<TenantEntry> tenants) {
        HostClaim first = tenants.get(0).tenant().claim();
        Map<HostClaim, TenantEntry> claims = new HashMap<>();
        for (TenantEntry tenant : tenants) {
            HostClaim claim = tenant.tenant().claim();
            boolean compatible = claims.isEmpty() || claim.isCompatibleWith(first);
            if (!compatible || claims.putIfAbsent(claim, tenant) != null) {
                throw new IllegalArgumentException(
                        "host: of " + tenant.tenant().id() + " (expected: a claim that differs from the others')");
            }
        }
        if (first instanceof HostClaim.Header header) {
            return ByHeader.of(header.name(), claims);
        }
        return first instanceof HostClaim.PathPrefix ? ByPath.of(claims) : new SingleOwner(tenants.get(0));
    }

    /** A host with a single owner. */
    record SingleOwner(TenantEntry tenant) implements HostOwners {

        @Override
        public TenantEntry find(@Nullable RequestPath path, RequestFacts request) {
            return tenant;
        }
    }

    /** A host shared by path prefix: the longest matching prefix wins. */
    record ByPath(RouteTable<TenantEntry> prefixes) implements HostOwners {

        static ByPath of(Map<HostClaim, TenantEntry> claims) {
            List<RouteTable.Entry<TenantEntry>> entries = new ArrayList<>();
            claims.forEach((claim, tenant) -> {
                RouteMatch match = new RouteMatch(((HostClaim.PathPrefix) claim).prefix(), Set.of(), Conditions.NONE);
                entries.add(new RouteTable.Entry<>(tenant.tenant().id().value(), match, tenant));
            });
            return new ByPath(RouteTable.of(entries));
        }

        @Override
        public @Nullable TenantEntry find(@Nullable RequestPath path, RequestFacts request) {
            return path != null && prefixes.match("", path.matched(), request) instanceof Match.Found<TenantEntry> found
                    ? found.target()
                    : null;
        }

        @Override
        public boolean isDecidedByPath() {
            return true;
        }
    }

    /** A host shared by the value of a header field. */
    record ByHeader(String name, Map<String, TenantEntry> tenants) implements HostOwners {

        static ByHeader of(String name, Map<HostClaim, TenantEntry> claims) {
            // Not Map.copyOf: HashMap stays fast under deliberate hash collisions.
            Map<String, TenantEntry> byValue = new HashMap<>();
            claims.forEach((claim, tenant) -> byValue.put(((HostClaim.Header) claim).value(), tenant));
            return new ByHeader(name, byValue);
        }

        @Override
        public @Nullable TenantEntry find(@Nullable RequestPath path, RequestFacts request) {
            String value = request.header(name);
            return value == null ? null : tenants.get(value);
        }
    }
}

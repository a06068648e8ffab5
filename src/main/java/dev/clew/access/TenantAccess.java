package dev.clew.access;

import java.util.List;

/**
 * Who may reach a tenant at all, and how its callers can prove who they are.
 *
 * @param schemes those of the tenant, whether or not a route asks for them
 */
public record TenantAccess(AddressRules addresses, List<Scheme> schemes) {

    /** Anybody, and in no way. */
    public static final TenantAccess OPEN = new TenantAccess(AddressRules.NONE, List.of());

    public TenantAccess {
        schemes = List.copyOf(schemes);
    }
}

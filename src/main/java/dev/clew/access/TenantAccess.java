package dev.clew.access;

import java.util.List;

/**
 * A tenant's address rules and authentication schemes.
 *
 * @param schemes all of the tenant's, including those no route requires
 */
public record TenantAccess(AddressRules addresses, List<Scheme> schemes) {

    /** Accepts all addresses, without schemes. */
    public static final TenantAccess OPEN = new TenantAccess(AddressRules.NONE, List.of());

    public TenantAccess {
        schemes = List.copyOf(schemes);
    }
}

package dev.clew.management;

import java.util.Set;

/** The tenants that a caller of the management port may see. */
public final class Viewer {

    /** Sees all tenants, and what belongs to none, such as requests for unknown hosts. */
    public static final Viewer OF_ALL = new Viewer(true, Set.of());

    private final boolean all;
    private final Set<String> tenants;

    private Viewer(boolean all, Set<String> tenants) {
        this.all = all;
        this.tenants = Set.copyOf(tenants);
    }

    /** Returns a viewer that sees these tenants only. */
    public static Viewer of(Set<String> tenants) {
        return new Viewer(false, tenants);
    }

    /** Returns whether everything is visible, the gateway itself included. */
    public boolean seesAll() {
        return all;
    }

    /** Returns the tenants that a viewer not of all sees. */
    public Set<String> tenants() {
        return tenants;
    }

    /** Returns whether a tenant is visible; an empty name stands for what belongs to no tenant. */
    public boolean sees(String tenant) {
        return all || tenants.contains(tenant);
    }

    @Override
    public String toString() {
        return all ? "Viewer of all" : "Viewer of " + tenants;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Viewer viewer && viewer.all == all && viewer.tenants.equals(tenants);
    }

    @Override
    public int hashCode() {
        return tenants.hashCode();
    }
}

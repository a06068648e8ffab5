package dev.clew.tenant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The whole routing state at one moment. Immutable: a request that began with one snapshot ends with it, and as long as one
 * has not, what the snapshot needs is there.
 */
public final class Snapshot {

    /** No tenant at all: every request is answered with 404. */
    public static final Snapshot EMPTY = of(List.of());

    private final List<TenantEntry> tenants;
    private final Map<TenantId, TenantEntry> byId;
    private final HostTable<TenantEntry> hosts;
    private final LongAdder requests = new LongAdder();

    private Snapshot(List<TenantEntry> tenants, Map<TenantId, TenantEntry> byId, HostTable<TenantEntry> hosts) {
        this.tenants = tenants;
        this.byId = byId;
        this.hosts = hosts;
    }

    /**
     * Builds the tables that requests are matched by.
     *
     * @throws IllegalArgumentException when two tenants have the same name or claim the same host
     */
    public static Snapshot of(List<Tenant> tenants) {
        return ofEntries(tenants.stream().map(TenantEntry::of).toList());
    }

    /** As {@link #of}, of tenants whose own tables stand already. */
    public static Snapshot ofEntries(List<TenantEntry> tenants) {
        Map<TenantId, TenantEntry> byId = new HashMap<>();
        HostTable.Builder<TenantEntry> hosts = HostTable.builder();
        for (TenantEntry entry : tenants) {
            TenantId id = entry.tenant().id();
            if (byId.putIfAbsent(id, entry) != null) {
                throw new IllegalArgumentException("tenant: " + id + " (expected: each tenant once)");
            }
            for (HostPattern host : entry.tenant().hosts()) {
                hosts.add(host, entry);
            }
        }
        return new Snapshot(List.copyOf(tenants), Map.copyOf(byId), hosts.build());
    }

    void began() {
        requests.increment();
    }

    /** A request that {@linkplain Tenants#begin began} with this snapshot is over. */
    public void ended() {
        requests.decrement();
    }

    /** Requests that have begun with this snapshot and not ended; near enough while some begin. */
    public long requests() {
        return requests.sum();
    }

    /** All tenants, in the order of their files' names. */
    public List<TenantEntry> tenants() {
        return tenants;
    }

    /** The tenant of that name, or null. */
    public @Nullable TenantEntry tenant(TenantId id) {
        return byId.get(id);
    }

    /** Finds a tenant by {@linkplain HostName#normalise normalised} host: exact before wildcard, longest wildcard first. */
    public HostTable<TenantEntry> hosts() {
        return hosts;
    }
}

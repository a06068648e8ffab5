package dev.clew.tenant;

import dev.clew.tenant.host.HostName;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.host.HostTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The whole routing state at one moment. Immutable: a request that began with one snapshot ends with it, and as long as
 * one has not, what the snapshot needs is there.
 */
public final class Snapshot {

    /** No tenant at all: every request is answered with 404. */
    public static final Snapshot EMPTY = of(List.of());

    private final List<TenantEntry> tenants;
    private final Map<TenantId, TenantEntry> byId;
    private final HostTable<HostOwners> hosts;
    private final LongAdder requests = new LongAdder();
    private final LongAdder copies = new LongAdder();

    private Snapshot(List<TenantEntry> tenants, Map<TenantId, TenantEntry> byId, HostTable<HostOwners> hosts) {
        this.tenants = tenants;
        this.byId = byId;
        this.hosts = hosts;
    }

    /**
     * Builds the tables that requests are matched by.
     *
     * @throws IllegalArgumentException when two tenants have the same name or claim the same requests for a host
     */
    public static Snapshot of(List<Tenant> tenants) {
        return ofEntries(tenants.stream().map(TenantEntry::of).toList());
    }

    /** As {@link #of}, of tenants whose own tables stand already. */
    public static Snapshot ofEntries(List<TenantEntry> tenants) {
        Map<TenantId, TenantEntry> byId = new HashMap<>();
        Map<HostPattern, List<TenantEntry>> owners = new HashMap<>();
        for (TenantEntry entry : tenants) {
            TenantId id = entry.tenant().id();
            if (byId.putIfAbsent(id, entry) != null) {
                throw new IllegalArgumentException("tenant: " + id + " (expected: each tenant once)");
            }
            for (HostPattern host : entry.tenant().hosts()) {
                owners.computeIfAbsent(host, first -> new ArrayList<>(1)).add(entry);
            }
        }
        HostTable.Builder<HostOwners> hosts = HostTable.builder();
        owners.forEach((host, claimants) -> hosts.add(host, HostOwners.of(claimants)));
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

    /** A copy of a request, which has not ended yet, is begun, and may outlive it; {@link #mirrorEnded} is its end. */
    public void mirrorBegan() {
        copies.increment();
    }

    public void mirrorEnded() {
        copies.decrement();
    }

    /** Whether a request or copy has begun with this snapshot and not ended. */
    boolean isUsed() {
        // In this order: a copy is counted before its request is not any more.
        return requests() > 0 || copies.sum() > 0;
    }

    /** All tenants, in the order of their files' names. */
    public List<TenantEntry> tenants() {
        return tenants;
    }

    /** The tenant of that name, or null. */
    public @Nullable TenantEntry tenant(TenantId id) {
        return byId.get(id);
    }

    /**
     * Finds a host's tenants by {@linkplain HostName#normalise normalised} host: exact before wildcard, longest
     * wildcard first.
     */
    public HostTable<HostOwners> hosts() {
        return hosts;
    }
}

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
 * The complete routing state at one moment. Immutable: a request uses the same snapshot from start to end, and the
 * snapshot's resources stay open until the last such request has ended.
 */
public final class Snapshot {

    /** The snapshot without tenants: every request gets a 404. */
    public static final Snapshot EMPTY = of(List.of());

    private final List<TenantEntry> tenants;
    private final Map<TenantId, TenantEntry> byId;
    private final HostTable<HostOwners> hosts;
    private final LongAdder requests = new LongAdder();
    private final LongAdder mirrors = new LongAdder();

    private Snapshot(List<TenantEntry> tenants, Map<TenantId, TenantEntry> byId, HostTable<HostOwners> hosts) {
        this.tenants = tenants;
        this.byId = byId;
        this.hosts = hosts;
    }

    /**
     * Builds the look-up tables of a snapshot.
     *
     * @throws IllegalArgumentException if two tenants have the same name or claim the same requests for a host
     */
    public static Snapshot of(List<Tenant> tenants) {
        return ofEntries(tenants.stream().map(TenantEntry::of).toList());
    }

    /** Builds a snapshot of tenants whose own tables are built already. */
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

    /** Counts the end of a request that {@linkplain Tenants#begin began} with this snapshot. */
    public void ended() {
        requests.decrement();
    }

    /** Returns the number of requests in flight with this snapshot; approximate while requests begin. */
    public long requests() {
        return requests.sum();
    }

    /**
     * Counts the start of a mirrored request, while its original is in flight. It may outlive the original and ends
     * with {@link #mirrorEnded}.
     */
    public void mirrorBegan() {
        mirrors.increment();
    }

    public void mirrorEnded() {
        mirrors.decrement();
    }

    /** Returns true if a request or mirrored request with this snapshot is in flight. */
    boolean isUsed() {
        // In this order: a mirrored request is counted before its original is uncounted.
        return requests() > 0 || mirrors.sum() > 0;
    }

    /** Returns all tenants, ordered by the names of their files. */
    public List<TenantEntry> tenants() {
        return tenants;
    }

    /** Returns the tenant with this name, or null. */
    public @Nullable TenantEntry tenant(TenantId id) {
        return byId.get(id);
    }

    /**
     * Returns the look-up table of {@linkplain HostName#normalise normalised} hosts: exact before wildcard, longest
     * wildcard first.
     */
    public HostTable<HostOwners> hosts() {
        return hosts;
    }
}

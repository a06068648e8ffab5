package dev.clew.gateway;

import dev.clew.auth.TokenVerifiers;
import dev.clew.observe.Telemetry;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.SnapshotUser;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Tenants;
import dev.clew.upstream.UpstreamPools;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The steps by which one snapshot follows another in force, and is let go of at last. Used by one thread. */
@Singleton
class SnapshotChange {

    private final Tenants tenants;
    private final List<SnapshotUser> users;
    private final Consumer<Snapshot> show;

    @Inject
    SnapshotChange(
            Tenants tenants,
            UpstreamPools pools,
            TokenVerifiers verifiers,
            Telemetry telemetry,
            FrontTls frontTls,
            Overload overload) {
        this(tenants, List.of(pools, verifiers, telemetry), snapshot -> {
            frontTls.apply(snapshot);
            overload.show(snapshot);
        });
    }

    /**
     * @param users of snapshots, in the order in which they make ready
     * @param show lets others see what will be in force; called when everything is ready
     */
    SnapshotChange(Tenants tenants, List<SnapshotUser> users, Consumer<Snapshot> show) {
        this.tenants = tenants;
        this.users = users;
        this.show = show;
    }

    /**
     * Puts a snapshot in force unless it is. Where one of its users cannot make ready, the snapshot before stays in
     * force, and what the others made is let go of.
     *
     * @return the snapshot that was in force
     */
    Snapshot apply(Snapshot next) {
        Snapshot before = tenants.current();
        if (next.equals(before)) {
            return before;
        }
        try {
            users.forEach(user -> user.prepare(next));
        } catch (RuntimeException | Error failure) {
            letGo();
            throw failure;
        }
        show.accept(next);
        tenants.apply(next);
        return before;
    }

    /** Lets go of what was in force before and is used no more; true when there was any. */
    boolean retire() {
        boolean any = tenants.retire();
        if (any) {
            letGo();
        }
        return any;
    }

    private void letGo() {
        users.forEach(user -> user.retain(tenants.live()));
    }

    /** Returns the lists of destinations that spans of live snapshots' requests go to. */
    Set<List<String>> destinations() {
        Set<List<String>> used = new HashSet<>();
        for (Snapshot snapshot : tenants.live()) {
            for (TenantEntry entry : snapshot.tenants()) {
                used.add(entry.tenant().tracing().exportTo());
            }
        }
        return used;
    }
}

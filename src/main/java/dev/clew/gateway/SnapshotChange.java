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

/** The steps that replace the snapshot in force, and release retired ones. Confined to one thread. */
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
            ListenerCustomizer listenerCustomizer,
            Overload overload) {
        this(tenants, List.of(pools, verifiers, telemetry), snapshot -> {
            listenerCustomizer.apply(snapshot);
            overload.show(snapshot);
        });
    }

    /**
     * @param users of snapshots, in order of preparation
     * @param show publishes what is derived from the snapshot; called when all users are prepared
     */
    SnapshotChange(Tenants tenants, List<SnapshotUser> users, Consumer<Snapshot> show) {
        this.tenants = tenants;
        this.users = users;
        this.show = show;
    }

    /**
     * Puts a snapshot in force, unless it already is. If one of its users fails to prepare, the previous snapshot stays
     * in force, and the resources already prepared are released.
     *
     * @return the snapshot previously in force
     */
    Snapshot apply(Snapshot next) {
        Snapshot before = tenants.current();
        if (next.equals(before)) {
            return before;
        }
        try {
            users.forEach(user -> user.prepare(next));
        } catch (RuntimeException | Error failure) {
            release();
            throw failure;
        }
        show.accept(next);
        tenants.apply(next);
        return before;
    }

    /** Releases retired snapshots that no request uses any more; returns whether there were any. */
    boolean retire() {
        boolean any = tenants.retire();
        if (any) {
            release();
        }
        return any;
    }

    private void release() {
        users.forEach(user -> user.retain(tenants.live()));
    }

    /** Returns the lists of export destinations of live snapshots' tenants. */
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

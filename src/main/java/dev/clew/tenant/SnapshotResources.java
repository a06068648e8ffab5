package dev.clew.tenant;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The resources that snapshots need, one per key: created when the first snapshot that needs one is prepared, closed
 * when no live snapshot needs it any more. Look-ups take no lock, so event loops may make them; changes are serialised.
 */
public final class SnapshotResources<K, R> {

    /** The collector of one tenant's keys. */
    @FunctionalInterface
    public interface Needs<K, R> {

        /** Returns the key's resource, creating it if there is none. */
        R add(K key, Supplier<? extends R> make);
    }

    private final Supplier<Map<K, R>> empty;
    private final BiConsumer<TenantEntry, Needs<K, R>> tenantNeeds;
    private final Consumer<R> close;
    private volatile Map<K, R> held = Map.of();

    private SnapshotResources(
            Supplier<Map<K, R>> empty, BiConsumer<TenantEntry, Needs<K, R>> tenantNeeds, Consumer<R> close) {
        this.empty = empty;
        this.tenantNeeds = tenantNeeds;
        this.close = close;
    }

    /** Compares keys by identity: comparing records field by field would cost too much per request. */
    public static <K, R> SnapshotResources<K, R> byIdentity(
            BiConsumer<TenantEntry, Needs<K, R>> tenantNeeds, Consumer<R> close) {
        return new SnapshotResources<>(IdentityHashMap::new, tenantNeeds, close);
    }

    /** Compares keys by equality, so that equal keys share a resource, whichever file they were read from. */
    public static <K, R> SnapshotResources<K, R> byEquality(
            BiConsumer<TenantEntry, Needs<K, R>> tenantNeeds, Consumer<R> close) {
        return new SnapshotResources<>(HashMap::new, tenantNeeds, close);
    }

    /**
     * Creates the missing resources of a snapshot; must be called before any request uses the snapshot. If a resource
     * cannot be created, those created by this call are closed and nothing changes.
     */
    public synchronized void prepare(Snapshot snapshot) {
        Map<K, R> next = empty.get();
        next.putAll(held);
        hold(next, List.of(snapshot));
    }

    /**
     * Closes the resources that none of the snapshots needs.
     *
     * @param live all snapshots that requests may use
     * @return true if any resource was closed
     */
    public synchronized boolean retain(Collection<Snapshot> live) {
        return hold(empty.get(), live);
    }

    private boolean hold(Map<K, R> next, Collection<Snapshot> snapshots) {
        Map<K, R> before = held;
        Needs<K, R> needs = (key, make) -> {
            R found = next.containsKey(key) ? next.get(key) : before.get(key);
            R needed = found != null ? found : make.get();
            next.put(key, needed);
            return needed;
        };
        try {
            for (Snapshot snapshot : snapshots) {
                snapshot.tenants().forEach(tenant -> tenantNeeds.accept(tenant, needs));
            }
        } catch (RuntimeException | Error failure) {
            closeDropped(next, before);
            throw failure;
        }
        held = next;
        return closeDropped(before, next);
    }

    private boolean closeDropped(Map<K, R> from, Map<K, R> kept) {
        boolean any = false;
        for (Map.Entry<K, R> entry : from.entrySet()) {
            if (!kept.containsKey(entry.getKey())) {
                close.accept(entry.getValue());
                any = true;
            }
        }
        return any;
    }

    /** Returns the resource of a key that a prepared snapshot needs. */
    public R get(K key) {
        R found = held.get(key);
        if (found == null) {
            throw new IllegalStateException(key.getClass().getSimpleName() + ": its snapshot was not prepared");
        }
        return found;
    }

    /** Returns the resource of a key; null if no live snapshot needs it. */
    public @Nullable R find(K key) {
        return held.get(key);
    }

    /** Returns all resources. */
    public Collection<R> all() {
        return held.values();
    }
}

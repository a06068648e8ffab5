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
 * The resources that hang on snapshots, one for each key: made when the first snapshot that needs it is prepared,
 * closed once when no live snapshot needs it any more. Look-ups take no lock, so event loops may make them; changes are
 * made one at a time.
 */
public final class SnapshotResources<K, R> {

    /** Takes the keys of one tenant, each with the way to make its resource. */
    @FunctionalInterface
    public interface Needs<K, R> {

        /** Returns the key's resource, which is made unless there is one. */
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

    /** Tells keys apart by identity: to compare records field by field would be too much for each request. */
    public static <K, R> SnapshotResources<K, R> byIdentity(
            BiConsumer<TenantEntry, Needs<K, R>> tenantNeeds, Consumer<R> close) {
        return new SnapshotResources<>(IdentityHashMap::new, tenantNeeds, close);
    }

    /** Lets equal keys share a resource, whichever file they were read from. */
    public static <K, R> SnapshotResources<K, R> byEquality(
            BiConsumer<TenantEntry, Needs<K, R>> tenantNeeds, Consumer<R> close) {
        return new SnapshotResources<>(HashMap::new, tenantNeeds, close);
    }

    /**
     * Makes what a snapshot needs and is not there yet; to be called before any request sees the snapshot. Where one
     * resource cannot be made, those that this call has made are closed, and everything is as before.
     */
    public synchronized void prepare(Snapshot snapshot) {
        Map<K, R> next = empty.get();
        next.putAll(held);
        hold(next, List.of(snapshot));
    }

    /**
     * Closes what none of these snapshots needs.
     *
     * @param live all snapshots that requests may use
     * @return whether anything was closed
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

    /** Returns null for a key that no live snapshot needs. */
    public @Nullable R find(K key) {
        return held.get(key);
    }

    /** All of them. */
    public Collection<R> all() {
        return held.values();
    }
}

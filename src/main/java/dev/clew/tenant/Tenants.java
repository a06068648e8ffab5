package dev.clew.tenant;

import java.util.ArrayList;
import java.util.List;

/**
 * The snapshot in force, and those before it that requests still use. Any thread may read it; whoever reads it twice
 * for one request may see two of them.
 */
public final class Tenants {

    private volatile Snapshot current;
    private volatile List<Snapshot> live;
    /** Of those that are no longer in force, the ones that were not used when last looked at. */
    private List<Snapshot> idle = List.of();

    public Tenants(Snapshot initial) {
        this.current = initial;
        this.live = List.of(initial);
    }

    public Snapshot current() {
        return current;
    }

    /** Begins a request with the snapshot in force; {@link Snapshot#ended} is its end. */
    @SuppressWarnings("ReferenceEquality") // a snapshot is what it is, whatever another holds
    public Snapshot begin() {
        Snapshot snapshot = current;
        snapshot.began();
        // Else it could have been counted only after nobody was found to use it.
        while (snapshot != current) {
            snapshot.ended();
            snapshot = current;
            snapshot.began();
        }
        return snapshot;
    }

    /** Requests that have begun and not ended. */
    public long active() {
        long active = 0;
        for (Snapshot snapshot : live) {
            active += snapshot.requests();
        }
        return active;
    }

    /** Whether a request, or a copy of one, is under way. */
    public boolean isInUse() {
        return live.stream().anyMatch(Snapshot::isUsed);
    }

    /** Puts a new snapshot in force for all requests that begin from now on. */
    public synchronized void apply(Snapshot next) {
        List<Snapshot> all = new ArrayList<>(live);
        all.add(next);
        live = List.copyOf(all);
        current = next;
    }

    /** The snapshot in force, which is the last, and those before it that may be used. */
    public List<Snapshot> live() {
        return live;
    }

    /**
     * Forgets the snapshots that no request uses any more. One has to be found so twice, at two calls: the counts of
     * several threads are not read at one moment.
     *
     * @return whether there were any
     */
    public synchronized boolean retire() {
        List<Snapshot> unused = new ArrayList<>();
        List<Snapshot> used = new ArrayList<>();
        for (Snapshot snapshot : live) {
            boolean over = !snapshot.equals(current) && !snapshot.isUsed();
            (over ? unused : used).add(snapshot);
        }
        boolean found = unused.stream().anyMatch(idle::contains);
        used.addAll(
                0, unused.stream().filter(snapshot -> !idle.contains(snapshot)).toList());
        idle = List.copyOf(unused);
        live = List.copyOf(used);
        return found;
    }
}

package dev.clew.tenant;

import java.util.ArrayList;
import java.util.List;

/**
 * The snapshot in force, and earlier ones that requests still use. Any thread may read it; two reads for one request
 * may yield two snapshots.
 */
public final class Tenants {

    private volatile Snapshot current;
    private volatile List<Snapshot> live;
    /** Superseded snapshots found unused by the last {@link #retire}. */
    private List<Snapshot> idle = List.of();

    public Tenants(Snapshot initial) {
        this.current = initial;
        this.live = List.of(initial);
    }

    public Snapshot current() {
        return current;
    }

    /** Begins a request with the snapshot in force; {@link Snapshot#ended} ends it. */
    @SuppressWarnings("ReferenceEquality") // a snapshot is what it is, whatever another holds
    public Snapshot begin() {
        Snapshot snapshot = current;
        snapshot.began();
        // Otherwise the request could be counted only after the snapshot was found unused.
        while (snapshot != current) {
            snapshot.ended();
            snapshot = current;
            snapshot.began();
        }
        return snapshot;
    }

    /** Returns the number of requests in flight. */
    public long active() {
        long active = 0;
        for (Snapshot snapshot : live) {
            active += snapshot.requests();
        }
        return active;
    }

    /** Returns true if a request or mirrored request is in flight. */
    public boolean isInUse() {
        return live.stream().anyMatch(Snapshot::isUsed);
    }

    /** Puts a snapshot in force for all requests that begin from now on. */
    public synchronized void apply(Snapshot next) {
        List<Snapshot> all = new ArrayList<>(live);
        all.add(next);
        live = List.copyOf(all);
        current = next;
    }

    /** Returns the snapshots that may be in use; the last is the one in force. */
    public List<Snapshot> live() {
        return live;
    }

    /**
     * Drops the snapshots that no request uses any more. A snapshot must be found unused by two calls, because the
     * counts of several threads are not read at one moment.
     *
     * @return true if any was dropped
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

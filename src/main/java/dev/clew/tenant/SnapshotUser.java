package dev.clew.tenant;

import java.util.Collection;

/** Holds something for snapshots, as {@link SnapshotResources} does, and is told of them as they change. */
public interface SnapshotUser {

    /**
     * Makes ready for a snapshot, before any request sees it.
     *
     * @throws RuntimeException when that is not possible; then everything is as before
     */
    void prepare(Snapshot snapshot);

    /**
     * Lets go of what no live snapshot needs.
     *
     * @param live all snapshots that requests may use
     */
    void retain(Collection<Snapshot> live);
}

package dev.clew.tenant;

import java.util.Collection;

/** Keeps state for snapshots, such as {@link SnapshotResources}, and is notified of their changes. */
public interface SnapshotUser {

    /**
     * Prepares for a snapshot, before any request uses it.
     *
     * @throws RuntimeException if that fails; nothing has changed then
     */
    void prepare(Snapshot snapshot);

    /**
     * Releases the state that no live snapshot needs.
     *
     * @param live all snapshots that requests may use
     */
    void retain(Collection<Snapshot> live);
}

package dev.clew.connection;

import org.jspecify.annotations.Nullable;

/**
 * Connections in the order in which they came into the same state; a connection stands in one line at a time. Entering
 * and leaving cost the same however many there are, and no memory. Changed on one event loop, counted by any thread.
 */
final class ConnectionList {

    private @Nullable ClientConnection first;
    private @Nullable ClientConnection last;
    private volatile int size;

    int size() {
        return size;
    }

    /** The one that has been here longest. */
    @Nullable ClientConnection first() {
        return first;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread only
    void add(ClientConnection connection) {
        connection.before = last;
        if (last == null) {
            first = connection;
        } else {
            last.behind = connection;
        }
        last = connection;
        size++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread only
    void remove(ClientConnection connection) {
        ClientConnection before = connection.before;
        ClientConnection behind = connection.behind;
        if (before == null) {
            first = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before = before;
        }
        connection.before = null;
        connection.behind = null;
        size--;
    }
}

package dev.clew.connection;

import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list of the connections in one state, longest first. Each connection is in one list at a time, and
 * adding and removing take constant time and allocate nothing. Modified on one event loop; {@link #size} may be read by
 * any thread.
 */
final class ConnectionList {

    private @Nullable ClientConnection first;
    private @Nullable ClientConnection last;
    private volatile int size;

    int size() {
        return size;
    }

    /** Returns the connection that has been in this state longest; null if empty. */
    @Nullable ClientConnection first() {
        return first;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
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

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
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

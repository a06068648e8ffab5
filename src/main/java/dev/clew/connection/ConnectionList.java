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
        connection.previous = last;
        if (last == null) {
            first = connection;
        } else {
            last.next = connection;
        }
        last = connection;
        size++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
    void remove(ClientConnection connection) {
        ClientConnection previous = connection.previous;
        ClientConnection next = connection.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        connection.previous = null;
        connection.next = null;
        size--;
    }
}

package dev.clew.listener;

/**
 * The most recent streams of a connection that the gateway rejected or reset. Frames the client sent before it learned
 * of that are dropped without an error (RFC 9113 section 5.1, closed).
 */
final class DiscardedStreams {

    private static final int KEPT = 128;

    private final int[] streams = new int[KEPT];
    private int count;

    void add(int stream) {
        if (!contains(stream)) {
            streams[count++ % KEPT] = stream;
        }
    }

    boolean contains(int stream) {
        for (int i = Math.min(count, KEPT) - 1; i >= 0; i--) {
            if (streams[i] == stream) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether earlier streams were forgotten. */
    boolean isIncomplete() {
        return count > KEPT;
    }
}

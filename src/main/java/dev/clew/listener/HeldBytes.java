package dev.clew.listener;

import java.util.concurrent.atomic.LongAdder;

/**
 * The bytes that one HTTP/1 connection holds of what has not become a request: a head that has not ended, trailers, and what is
 * pipelined behind a request that has no response. The one place where they are counted, for whoever keeps a budget of them.
 */
public final class HeldBytes {

    private static final LongAdder ALL = new LongAdder();

    private int held;

    HeldBytes() {}

    /** Returns the bytes of memory that all connections of the process hold now, unused capacity of buffers included. */
    public static long ofAll() {
        return ALL.sum();
    }

    /** @param now bytes; 0 when the connection ends */
    void are(int now) {
        if (now != held) {
            ALL.add(now - held);
            held = now;
        }
    }
}

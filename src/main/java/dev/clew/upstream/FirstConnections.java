package dev.clew.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Connects to upstreams once while the gateway starts, so that their names are looked up, and what TLS needs is there,
 * before a request comes. Nobody waits for it, few connections are made at a time, and a dead upstream costs its
 * connect timeout and nothing else.
 */
final class FirstConnections {

    private static final int AT_ONCE = 8;

    private final Queue<UpstreamPool> pools;
    private final long untilNanos;

    /** @param bound from now; after it no further connection is begun */
    FirstConnections(List<UpstreamPool> pools, Duration bound) {
        this.pools = new ConcurrentLinkedQueue<>(pools);
        this.untilNanos = System.nanoTime() + bound.toNanos();
    }

    void begin() {
        for (int i = 0; i < AT_ONCE; i++) {
            next();
        }
    }

    private void next() {
        UpstreamPool pool = System.nanoTime() - untilNanos < 0 ? pools.poll() : null;
        if (pool != null) {
            pool.connectOnce(this::next);
        }
    }
}

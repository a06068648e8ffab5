package dev.clew.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Connects to upstreams once during startup, so that names are resolved and TLS is initialised before the first
 * request. Nothing waits for it, few connections are opened at a time, and an unreachable upstream costs only its
 * connect timeout.
 */
final class FirstConnections {

    private static final int AT_ONCE = 8;

    private final Queue<UpstreamPool> pools;
    private final long untilNanos;

    /** @param bound from now; no connection is begun afterwards */
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

package dev.clew.upstream;

import dev.clew.exchange.Loop;
import dev.clew.tenant.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One upstream's connections and its bound on requests in flight. */
public final class UpstreamPool {

    private static final int MAX_LOOPS = 1024;
    private static final int MAX_RESPONSE_HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Upstream upstream;
    private final Permits permits;
    private final Target[] targets;
    private final AtomicReferenceArray<LoopClient> clients = new AtomicReferenceArray<>(MAX_LOOPS);
    private final AtomicInteger turn = new AtomicInteger();

    UpstreamPool(Vertx vertx, Upstream upstream) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.targets = upstream.endpoints().stream().map(Target::of).toArray(Target[]::new);
        this.permits = new Permits(upstream.connections(), upstream.pendingRequests());
    }

    public Upstream upstream() {
        return upstream;
    }

    /** Enters now if there is room; whoever entered calls {@link #leave} exactly once. */
    public boolean tryEnter() {
        return permits.tryEnter();
    }

    /** Joins the line for a place; false when the line is full. */
    public boolean tryWait(Waiter waiter) {
        return permits.tryWait(waiter);
    }

    public void leave() {
        permits.leave();
    }

    /** Round robin over the endpoints. */
    public Target nextTarget() {
        return targets[targets.length == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), targets.length)];
    }

    /** The client of the event loop that runs the caller. */
    public LoopClient clientOf(Loop loop) {
        LoopClient known = clients.get(loop.index());
        if (known != null) {
            return known;
        }
        LoopClient made =
                new LoopClient(vertx.httpClientBuilder().with(options()).with(pool()));
        clients.set(loop.index(), made);
        return made;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done when they have ended
    void close() {
        for (int i = 0; i < clients.length(); i++) {
            LoopClient client = clients.getAndSet(i, null);
            if (client != null) {
                client.http().close();
            }
        }
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) upstream.timeouts().connect().toMillis())
                .setKeepAliveTimeout(
                        (int) Math.max(1, upstream.timeouts().idle().toSeconds()))
                .setMaxHeaderSize(MAX_RESPONSE_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_RESPONSE_HEADER_BYTES)
                // Vert.x would add propagation headers of its own beside the gateway's.
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    private PoolOptions pool() {
        // The permits bound what is in flight, over all loops; a pool may therefore never be the one to say no.
        return new PoolOptions().setHttp1MaxSize(upstream.connections());
    }
}

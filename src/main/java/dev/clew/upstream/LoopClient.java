package dev.clew.upstream;

import dev.clew.upstream.wire.StaleConnections;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's client for one address. Vert.x would hand a connection of another event loop to a request, and each
 * response would then cross threads twice; one client for each loop keeps a request on one thread.
 */
public final class LoopClient {

    private static final int MAX_POOLS = 4;

    /** The HTTP/2 error code CANCEL (RFC 9113 section 7). */
    private static final long CANCEL = 8;

    private final Target target;
    private final Supplier<HttpClientBuilder> builder;
    private final StrictResponses responses;
    private final boolean http2;
    private final long pingTimeoutMillis;
    private final Context loop;
    private final StaleConnections stale = new StaleConnections();
    private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Usually one; another is added while every existing one has a suspect connection. */
    private final List<ClientPool> pools = new ArrayList<>(1);

    private ClientPool current;
    private int underWay;

    /** Written by this loop only, and read by others, who may see an earlier value. */
    private long attempts;

    private long failures;

    /** @param pingTimeoutMillis PING timeout of a suspect HTTP/2 connection, in milliseconds */
    LoopClient(
            Vertx vertx,
            Target target,
            Supplier<HttpClientBuilder> builder,
            StrictResponses responses,
            boolean http2,
            long pingTimeoutMillis) {
        this.target = target;
        this.builder = builder;
        this.responses = responses;
        this.http2 = http2;
        this.pingTimeoutMillis = pingTimeoutMillis;
        // Not the context of the request that happens to be first.
        this.loop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.current = open();
    }

    private ClientPool open() {
        ClientPool pool =
                new ClientPool(builder.get(), loop, pingTimeoutMillis, this::opened, unused::remove, this::choosePool);
        pools.add(pool);
        return pool;
    }

    private void opened(HttpConnection connection) {
        responses.handle(connection);
        unused.add(connection);
    }

    private void choosePool() {
        pools.removeIf(ClientPool::isDrained);
        for (ClientPool pool : pools) {
            if (pool.isTrusted()) {
                current = pool;
                return;
            }
        }
        current = open();
    }

    /**
     * Opens a request on a pooled or new connection. A stale pooled connection, with its end or unsolicited bytes
     * pending, is closed and another one taken.
     */
    public void request(RequestOptions options, Handler<AsyncResult<HttpClientRequest>> handler) {
        ClientPool pool = current;
        ClientRequests.open(pool.client(), options).onComplete(connected -> {
            try {
                if (connected.succeeded() && detectStale(connected.result())) {
                    StrictResponses.end(connected.result().connection());
                    request(options, handler);
                    return;
                }
                if (http2 && connected.cause() instanceof NoStackTraceTimeoutException) {
                    pool.retire();
                    choosePool();
                }
            } catch (RuntimeException fault) {
                // Completes the handler, and returns the connection.
                if (connected.succeeded()) {
                    connected.result().reset(CANCEL);
                }
                handler.handle(Future.failedFuture(fault));
                return;
            }
            handler.handle(connected);
        });
    }

    private boolean detectStale(HttpClientRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && hasResponded(request.connection())
                && stale.detect(request.connection());
    }

    /** Counts the start of an attempt, until {@link Dispatch#ended}. */
    void attemptStarted() {
        underWay++;
        attempts++;
    }

    /** @param failed whether the attempt failed by the upstream's fault, or the response was a 5xx */
    void attemptEnded(boolean failed) {
        underWay--;
        if (failed) {
            failures++;
        }
        closeIfUnused();
    }

    long attempts() {
        return attempts;
    }

    long failures() {
        return failures;
    }

    void closeWhenUnused() {
        loop.runOnContext(now -> closeIfUnused());
    }

    private void closeIfUnused() {
        if (underWay == 0 && target.isRetired()) {
            close();
        }
    }

    void close() {
        pools.forEach(ClientPool::close);
    }

    /** Records a response head on a connection. */
    public void responded(HttpConnection connection) {
        if (!unused.isEmpty()) {
            unused.remove(connection);
        }
        if (http2) {
            pools.forEach(pool -> pool.responded(connection));
        }
    }

    /**
     * Returns whether the connection has carried a response. An upstream may close an idle connection just as it is
     * reused, and a request may then be repeated on a new one (RFC 9112 section 9.3.1).
     */
    public boolean hasResponded(HttpConnection connection) {
        return !unused.contains(connection);
    }

    /**
     * Handles a response timeout. An HTTP/1 connection closes with its request; on HTTP/2 other requests share it, so
     * further requests use another connection until this one has acknowledged a PING or is closed. A connection that
     * acknowledges PINGs but sends nothing else gets no further requests, unless {@link #MAX_POOLS} are in that state
     * already.
     *
     * @param request null while there is no connection
     */
    public void timedOut(@Nullable HttpClientRequest request) {
        ClientPool pool = http2PoolOf(request);
        if (request != null && pool != null) {
            if (pool.mayPing(request.connection())) {
                pool.suspect(request.connection());
            } else if (pools.size() < MAX_POOLS) {
                pool.retire();
            }
            choosePool();
        }
    }

    /** Handles a cancelled request, timed out or not, by testing its HTTP/2 connection. */
    public void cancelled(@Nullable HttpClientRequest request) {
        ClientPool pool = http2PoolOf(request);
        if (request != null && pool != null && pool.mayPing(request.connection())) {
            pool.ping(request.connection());
        }
    }

    private @Nullable ClientPool http2PoolOf(@Nullable HttpClientRequest request) {
        if (request != null && request.version() == HttpVersion.HTTP_2) {
            for (ClientPool pool : pools) {
                if (pool.holds(request.connection())) {
                    return pool;
                }
            }
        }
        return null;
    }
}

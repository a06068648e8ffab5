package dev.clew.upstream;

import dev.clew.tenant.upstream.Connections;
import dev.clew.upstream.client.DirectClient;
import dev.clew.upstream.client.ResponseReceiver;
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
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import java.time.Duration;
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

    private final Target target;
    private final Supplier<HttpClientBuilder> builder;
    private final StrictResponses responses;
    private final boolean http2;
    private final Duration connectTimeout;
    private final @Nullable DirectClient direct;
    private final Context loop;
    private final StaleConnections stale = new StaleConnections();
    private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Usually one; another is added while every existing one has a suspect connection. */
    private final List<ClientPool> pools = new ArrayList<>(1);

    /** Null until Vert.x's client is needed. */
    private @Nullable ClientPool current;

    private int underWay;

    /** Written by this loop only, and read by others, who may see an earlier value. */
    private long attempts;

    private long failures;

    /** @param direct the client for all requests but upgrades; null to use Vert.x's for these, too */
    LoopClient(
            Vertx vertx,
            Target target,
            Supplier<HttpClientBuilder> builder,
            StrictResponses responses,
            Connections settings,
            @Nullable DirectClient direct) {
        this.target = target;
        this.builder = builder;
        this.responses = responses;
        this.http2 = settings.protocol().isHttp2();
        this.connectTimeout = settings.timeouts().connect();
        this.direct = direct;
        // Not the context of the request that happens to be first.
        this.loop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }

    private ClientPool open() {
        ClientPool pool = new ClientPool(
                builder.get(), loop, connectTimeout.toMillis(), this::opened, unused::remove, this::choosePool);
        pools.add(pool);
        return pool;
    }

    private void opened(HttpConnection connection) {
        responses.handle(connection);
        unused.add(connection);
    }

    private ClientPool current() {
        ClientPool known = current;
        if (known == null) {
            known = open();
            current = known;
        }
        return known;
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
     * Opens a request on a pooled or new connection.
     *
     * @param upgrades whether the connection may change its protocol
     */
    public void request(HttpMethod method, String uri, boolean upgrades, ResponseReceiver receiver) {
        if (direct != null && !upgrades) {
            direct.request(method, uri, receiver);
        } else {
            RequestOptions options =
                    target.options(connectTimeout).setMethod(method).setURI(uri);
            request(options, opened -> VertxRequest.opened(this, opened, receiver));
        }
    }

    /**
     * Opens a request with Vert.x's client. A stale pooled connection, with its end or unsolicited bytes pending, is
     * closed and another one taken.
     */
    void request(RequestOptions options, Handler<AsyncResult<HttpClientRequest>> handler) {
        ClientPool pool = current();
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
                    connected.result().reset(VertxRequest.CANCEL);
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
        DirectClient own = direct;
        if (own != null) {
            loop.runOnContext(now -> own.close());
        }
    }

    /** Records a response head on a connection. */
    void responded(HttpConnection connection) {
        if (!unused.isEmpty()) {
            unused.remove(connection);
        }
        if (http2) {
            pools.forEach(pool -> pool.responded(connection));
        }
    }

    /** Returns whether the connection has carried a response. */
    boolean hasResponded(HttpConnection connection) {
        return !unused.contains(connection);
    }

    /**
     * Handles a response timeout. An HTTP/1 connection closes with its request; on HTTP/2 other requests share it, so
     * further requests use another connection until this one has acknowledged a PING or is closed. A connection that
     * acknowledges PINGs but sends nothing else gets no further requests, unless {@link #MAX_POOLS} are in that state
     * already.
     */
    void timedOut(HttpClientRequest request) {
        ClientPool pool = http2PoolOf(request.connection());
        if (pool != null) {
            if (pool.mayPing(request.connection())) {
                pool.suspect(request.connection());
            } else if (pools.size() < MAX_POOLS) {
                pool.retire();
            }
            choosePool();
        }
    }

    /** Handles a cancelled request, timed out or not, by testing its HTTP/2 connection. */
    void cancelled(HttpClientRequest request) {
        ClientPool pool = http2PoolOf(request.connection());
        if (pool != null && pool.mayPing(request.connection())) {
            pool.ping(request.connection());
        }
    }

    private @Nullable ClientPool http2PoolOf(HttpConnection connection) {
        for (ClientPool pool : pools) {
            if (http2 && pool.holds(connection)) {
                return pool;
            }
        }
        return null;
    }
}

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
 * response would then cross threads twice; a client for each loop keeps a request on one thread.
 */
public final class LoopClient {

    private static final int MOST_POOLS = 4;

    /** RFC 9113 section 7. */
    private static final long CANCEL = 8;

    private final Target target;
    private final Supplier<HttpClientBuilder> builder;
    private final StrictResponses responses;
    private final boolean http2;
    private final long patience;
    private final Context loop;
    private final StaleConnections stale = new StaleConnections();
    private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());
    /** One, and more only while each before has a connection in doubt. */
    private final List<ClientPool> pools = new ArrayList<>(1);

    private ClientPool current;
    private int underWay;

    /** @param patience milliseconds that an HTTP/2 connection in doubt has to prove itself */
    LoopClient(
            Vertx vertx,
            Target target,
            Supplier<HttpClientBuilder> builder,
            StrictResponses responses,
            boolean http2,
            long patience) {
        this.target = target;
        this.builder = builder;
        this.responses = responses;
        this.http2 = http2;
        this.patience = patience;
        // Not the context of the request that happens to be the first.
        this.loop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.current = open();
    }

    private ClientPool open() {
        ClientPool pool = new ClientPool(builder.get(), loop, patience, this::opened, unused::remove, this::choosePool);
        pools.add(pool);
        return pool;
    }

    private void opened(HttpConnection connection) {
        responses.handle(connection);
        unused.add(connection);
    }

    private void choosePool() {
        pools.removeIf(ClientPool::isOver);
        for (ClientPool pool : pools) {
            if (pool.isTrusted()) {
                current = pool;
                return;
            }
        }
        current = open();
    }

    /**
     * Asks for a connection; what comes of it, the handler is told. A kept one on which something waits to be read is
     * closed instead: the end, or what would be taken for the response.
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
                // Whoever waits is told, and the connection goes back.
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

    /** An attempt begins to use it; {@link Dispatch#ended} is the end of that. */
    void attemptStarted() {
        underWay++;
    }

    void attemptEnded() {
        underWay--;
        closeIfUnused();
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

    /** A response head came over this connection. */
    public void responded(HttpConnection connection) {
        if (!unused.isEmpty()) {
            unused.remove(connection);
        }
        if (http2) {
            pools.forEach(pool -> pool.responded(connection));
        }
    }

    /**
     * Whether the connection had served before. An upstream may close an idle one just as it is used again, and then a
     * request may be repeated on a new one (RFC 9112 section 9.3.1).
     */
    public boolean hasResponded(HttpConnection connection) {
        return !unused.contains(connection);
    }

    /**
     * A response was late. In HTTP/1 its connection ends with it; in HTTP/2 others wait on it, and further requests
     * take another one until this one has answered a PING, or is closed. One that answers PINGs and nothing else gets
     * no further requests at all, unless that is so with {@link #MOST_POOLS} already.
     *
     * @param request null while there is no connection
     */
    public void timedOut(@Nullable HttpClientRequest request) {
        ClientPool pool = http2PoolOf(request);
        if (request != null && pool != null) {
            if (pool.mayPing(request.connection())) {
                pool.suspect(request.connection());
            } else if (pools.size() < MOST_POOLS) {
                pool.retire();
            }
            choosePool();
        }
    }

    /** Nobody waits for the response any more, be it late or not. */
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

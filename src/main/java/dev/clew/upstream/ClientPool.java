package dev.clew.upstream;

import dev.clew.listener.ConnectionClose;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One client's connections to one address. An HTTP/2 connection whose peer or path vanished silently stays open while
 * every request on it times out; a suspect one is sent a PING (RFC 9113 section 6.7) and closed unless the response
 * arrives in time.
 */
final class ClientPool {

    private static final String PING = "clewping";

    /**
     * The bound on PINGs on one connection without a response in between. gRPC servers close the connection, and all
     * calls on it, at the fourth within five minutes (gRPC proposal A8, server enforcement).
     */
    private static final int MAX_PINGS = 2;

    private final HttpClient client;
    private final Context loop;
    private final long pingTimeoutMillis;
    private final Runnable changed;
    private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<HttpConnection> pinged = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<HttpConnection> suspects = Collections.newSetFromMap(new IdentityHashMap<>());
    /** PINGs since the latest response, for connections that were sent any. */
    private final Map<HttpConnection, Integer> pings = new IdentityHashMap<>();

    private boolean retired;

    /**
     * Creates a pool without connections.
     *
     * @param pingTimeoutMillis PING timeout in milliseconds
     * @param opened receives each connection before it is used
     * @param changed runs when the last suspect connection has been cleared or closed
     */
    ClientPool(
            HttpClientBuilder builder,
            Context loop,
            long pingTimeoutMillis,
            Consumer<HttpConnection> opened,
            Consumer<HttpConnection> closed,
            Runnable changed) {
        this.loop = loop;
        this.pingTimeoutMillis = pingTimeoutMillis;
        this.changed = changed;
        this.client = builder.withConnectHandler(connection -> {
                    opened.accept(connection);
                    open.add(connection);
                    connection.closeHandler(end -> {
                        open.remove(connection);
                        pings.remove(connection);
                        closed.accept(connection);
                        clearSuspicion(connection);
                        closeIfRetired();
                    });
                })
                .build();
    }

    HttpClient client() {
        return client;
    }

    boolean holds(HttpConnection connection) {
        return open.contains(connection);
    }

    /**
     * Returns whether the pool may be used: not retired, and no connection suspect. Vert.x cannot remove a connection
     * with active requests from its pool.
     */
    boolean isTrusted() {
        return !retired && suspects.isEmpty();
    }

    /**
     * Stops using the pool after a connection was not established in time: Vert.x would wait for the server's first
     * frame as long as the connection is open, and hold requests until then.
     */
    void retire() {
        retired = true;
        closeIfRetired();
    }

    private void closeIfRetired() {
        if (retired && open.isEmpty()) {
            close();
        }
    }

    /** Returns whether the pool is retired and without connections. */
    boolean isDrained() {
        return retired && open.isEmpty();
    }

    /** Returns whether a PING on the connection is within the bound. */
    boolean mayPing(HttpConnection connection) {
        return pinged.contains(connection) || pings.getOrDefault(connection, 0) < MAX_PINGS;
    }

    /** Resets the PING count on a response head. */
    void responded(HttpConnection connection) {
        if (!pings.isEmpty()) {
            pings.remove(connection);
        }
    }

    /** Stops using the pool until the connection has acknowledged a PING. */
    void suspect(HttpConnection connection) {
        suspects.add(connection);
        ping(connection);
    }

    /** Closes the connection unless it acknowledges a PING in time. */
    void ping(HttpConnection connection) {
        if (pinged.add(connection)) {
            pings.merge(connection, 1, Integer::sum);
            long deadline = loop.owner().setTimer(pingTimeoutMillis, late -> StrictResponses.end(connection));
            connection.ping(Buffer.buffer(PING)).onComplete(response -> {
                if (response.succeeded()) {
                    loop.owner().cancelTimer(deadline);
                    clearSuspicion(connection);
                }
            });
        }
    }

    private void clearSuspicion(HttpConnection connection) {
        pinged.remove(connection);
        if (suspects.remove(connection) && suspects.isEmpty()) {
            changed.run();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing to do once its connections have closed
    void close() {
        client.close();
        loop.runOnContext(now -> List.copyOf(open)
                .forEach(connection -> ConnectionClose.abortUnlessSent(connection, ConnectionClose.PATIENCE)));
    }
}

package dev.clew.upstream;

import dev.clew.listener.ConnectionEnd;
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
 * Connections to one address, of which HTTP/2 ones may be in doubt: a server, or a way there, that is gone without a
 * word leaves a connection open on which every request waits in vain. One in doubt has to answer a PING (RFC 9113
 * section 6.7) or is closed.
 */
final class ClientPool {

    private static final String PING = "clewping";

    /**
     * PINGs on one connection while no response comes on it. Servers of gRPC end a connection, and all calls on it, at
     * the fourth within five minutes (gRPC proposal A8, server enforcement).
     */
    private static final int MOST_PINGS = 2;

    private final HttpClient client;
    private final Context loop;
    private final long patience;
    private final Runnable changed;
    private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<HttpConnection> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<HttpConnection> doubted = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Since the latest response; of those that were sent any. */
    private final Map<HttpConnection, Integer> pings = new IdentityHashMap<>();

    private boolean givenUp;

    /**
     * A pool without connections so far.
     *
     * @param patience milliseconds that a PING may take
     * @param opened is told of each connection before it is used
     * @param changed runs when the last doubt has ended
     */
    ClientPool(
            HttpClientBuilder builder,
            Context loop,
            long patience,
            Consumer<HttpConnection> opened,
            Consumer<HttpConnection> closed,
            Runnable changed) {
        this.loop = loop;
        this.patience = patience;
        this.changed = changed;
        this.client = builder.withConnectHandler(connection -> {
                    opened.accept(connection);
                    open.add(connection);
                    connection.closeHandler(end -> {
                        open.remove(connection);
                        pings.remove(connection);
                        closed.accept(connection);
                        trust(connection);
                        closeIfGivenUp();
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
     * Returns whether no connection is in doubt: Vert.x does not let one be taken from its pool while it serves
     * requests.
     */
    boolean isTrusted() {
        return !givenUp && doubted.isEmpty();
    }

    /**
     * No further request is to go this way: a connection was not made in time, and Vert.x would wait for the server's
     * first frame as long as the connection is open, and make requests wait for it.
     */
    void retire() {
        givenUp = true;
        closeIfGivenUp();
    }

    private void closeIfGivenUp() {
        if (givenUp && open.isEmpty()) {
            close();
        }
    }

    /** Returns whether it may be forgotten. */
    boolean isOver() {
        return givenUp && open.isEmpty();
    }

    /** Returns whether the connection can be asked without its server taking offence. */
    boolean mayPing(HttpConnection connection) {
        return asked.contains(connection) || pings.getOrDefault(connection, 0) < MOST_PINGS;
    }

    /** The head of a response came over it. */
    void responded(HttpConnection connection) {
        if (!pings.isEmpty()) {
            pings.remove(connection);
        }
    }

    /** No further request is to go this way until the connection has proven itself. */
    void suspect(HttpConnection connection) {
        doubted.add(connection);
        ping(connection);
    }

    /** Closes the connection unless it answers in time. */
    void ping(HttpConnection connection) {
        if (asked.add(connection)) {
            pings.merge(connection, 1, Integer::sum);
            long deadline = loop.owner().setTimer(patience, late -> StrictResponses.end(connection));
            connection.ping(Buffer.buffer(PING)).onComplete(answer -> {
                if (answer.succeeded()) {
                    loop.owner().cancelTimer(deadline);
                    trust(connection);
                }
            });
        }
    }

    private void trust(HttpConnection connection) {
        asked.remove(connection);
        if (doubted.remove(connection) && doubted.isEmpty()) {
            changed.run();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done when its connections have ended
    void close() {
        client.close();
        loop.runOnContext(now -> List.copyOf(open)
                .forEach(connection -> ConnectionEnd.hardUnlessSent(connection, ConnectionEnd.PATIENCE)));
    }
}

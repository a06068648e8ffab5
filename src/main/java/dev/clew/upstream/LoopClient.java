package dev.clew.upstream;

import dev.clew.listener.ConnectionEnd;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One event loop's client for one address. Vert.x would hand a connection of another event loop to a request, and each
 * response would then cross threads twice; a client for each loop keeps a request on one thread.
 */
public final class LoopClient {

    private final Target target;
    private final HttpClient client;
    private final Context loop;
    private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<HttpConnection> unproven = Collections.newSetFromMap(new IdentityHashMap<>());
    private int underWay;

    LoopClient(Vertx vertx, Target target, HttpClientBuilder builder) {
        this.target = target;
        // Not the context of the request that happens to be the first.
        this.loop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.client = builder.withConnectHandler(this::opened).build();
    }

    private void opened(HttpConnection connection) {
        InterimAnswers.dropOn(connection);
        open.add(connection);
        unproven.add(connection);
        connection.closeHandler(closed -> {
            open.remove(connection);
            unproven.remove(connection);
        });
    }

    public HttpClient http() {
        return client;
    }

    /** An attempt begins to use it; {@link UpstreamPool#ended} is the end of that. */
    public void began() {
        underWay++;
    }

    void ended() {
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

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done when they have ended
    void close() {
        client.close();
        loop.runOnContext(now -> List.copyOf(open)
                .forEach(connection -> ConnectionEnd.hardUnlessSent(connection, ConnectionEnd.PATIENCE)));
    }

    /** A response head came over this connection. */
    public void proven(HttpConnection connection) {
        if (!unproven.isEmpty()) {
            unproven.remove(connection);
        }
    }

    /**
     * Whether the connection had served before. An upstream may close an idle one just as it is used again, and then a
     * request may be repeated on a new one (RFC 9112 section 9.3.1).
     */
    public boolean wasProven(HttpConnection connection) {
        return !unproven.contains(connection);
    }
}

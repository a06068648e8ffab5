package dev.clew.contract.server;

import dev.clew.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of several servers with the same service, over HTTP/1.1 and HTTP/2: responds with its name and the request's
 * properties. Paths with a prefix that a test has set get that status; {@code …/hold} waits for its release; {@code
 * …/trailers} has a trailer.
 */
public final class Replica implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final String name;
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    private final List<Seen> checks = new ArrayList<>();
    private final Map<String, Set<HttpConnection>> connections = new ConcurrentHashMap<>();
    private final int port;

    public Replica(String name, HttpServerOptions options, int port) {
        this.name = name;
        this.port = Await.ended(vertx.createHttpServer(options)
                        .requestHandler(this::handle)
                        .listen(port, options.getHost()))
                .actualPort();
    }

    public static Replica at(String address, int port) {
        return new Replica(address, new HttpServerOptions().setHost(address), port);
    }

    public int port() {
        return port;
    }

    public String name() {
        return name;
    }

    /** Sets the response status of paths with this prefix. */
    public void respond(String path, int status) {
        statuses.put(path, status);
    }

    /** Counts the requests for exactly this path. */
    public int count(String path) {
        AtomicInteger count = counts.get(path);
        return count == null ? 0 : count.get();
    }

    /** Returns the number of connections that carried requests for exactly this path. */
    public int connections(String path) {
        return connections.getOrDefault(path, Set.of()).size();
    }

    public synchronized List<Seen> checks() {
        return List.copyOf(checks);
    }

    /** Waits for a held request and responds to it. */
    public void release() {
        HttpServerRequest request = Await.notNull("held request", held::poll);
        vertx.runOnContext(now -> respond(request, 200));
    }

    public boolean holds() {
        return !held.isEmpty();
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        connections
                .computeIfAbsent(path, first -> ConcurrentHashMap.newKeySet())
                .add(request.connection());
        counts.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
        if (path.startsWith("/healthz")) {
            synchronized (this) {
                checks.add(Seen.of(request, io.vertx.core.buffer.Buffer.buffer()));
            }
        }
        if (path.endsWith("/hold")) {
            held.add(request);
            return;
        }
        int status = statuses.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(200);
        request.body().onSuccess(body -> respond(request, status));
    }

    private void respond(HttpServerRequest request, int status) {
        String serverName = request.connection().indicatedServerName();
        request.response()
                .setStatusCode(status)
                .putHeader("x-protocol", request.version().name())
                .putHeader("x-authority", request.authority().toString())
                .putHeader("x-server-name", serverName == null ? "none" : serverName);
        if (request.path().endsWith("/trailers")) {
            request.response().setChunked(true).putTrailer("x-checksum", "42").write(name);
            request.response().end();
        } else {
            request.response().end(name);
        }
    }

    @Override
    public void close() {
        Await.ended(vertx.close());
    }
}

package dev.clew.contract.client;

import dev.clew.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends many requests over a few connections, each after the previous response, to a service that records none of them.
 */
public final class Load implements AutoCloseable {

    public static final String HOST = "load.test";

    public static final int CONNECTIONS = 8;
    /** A generous limit, reached only by a failing test. */
    private static final long MINUTES = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer service;
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final HttpClient http2 = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    private Load(Path folder) throws IOException {
        service = Await.ended(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(request -> request.response().end("ok"))
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(closed -> connections.decrementAndGet());
                })
                .listen(0));
        Files.writeString(
                Files.createDirectories(folder.resolve("tenants")).resolve("load.yaml"),
                """
                hosts: [load.test]
                upstreams: {service: {endpoints: ["http://127.0.0.1:%d"]}}
                routes: [{name: all, match: {path: /**}, upstream: service}]
                """
                        .formatted(service.actualPort()));
    }

    /** Starts the service and writes its tenant into a gateway's configuration. */
    public static Load prepare(Path folder) throws IOException {
        return new Load(folder);
    }

    /** Returns the number of open connections to the service. */
    public int connections() {
        return connections.get();
    }

    /** Sends the requests and counts the responses by status; 0 counts requests without a response. */
    public Map<Integer, Integer> run(int port, int requests) {
        return run(client, port, requests);
    }

    /** Does the same over HTTP/2, on one connection at a time. */
    public Map<Integer, Integer> runOverHttp2(int port, int requests) {
        return run(http2, port, requests);
    }

    private Map<Integer, Integer> run(HttpClient by, int port, int requests) {
        AtomicInteger left = new AtomicInteger(requests);
        Map<Integer, Integer> statuses = new TreeMap<>();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(HOST)
                .setPort(80)
                .setURI("/x");
        CompletableFuture<?>[] all = new CompletableFuture<?>[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            all[i] = done;
            vertx.runOnContext(start -> next(by, options, left, statuses, done));
        }
        CompletableFuture.allOf(all).orTimeout(MINUTES, TimeUnit.MINUTES).join();
        return statuses;
    }

    /** Sends the next request, on the only event loop, which alone changes the counts. */
    private void next(
            HttpClient by,
            RequestOptions options,
            AtomicInteger left,
            Map<Integer, Integer> statuses,
            CompletableFuture<Void> done) {
        if (left.getAndDecrement() <= 0) {
            done.complete(null);
            return;
        }
        by.request(options)
                .compose(request -> request.send())
                .compose(response -> response.end().map(response))
                .map(HttpClientResponse::statusCode)
                .otherwise(0)
                .onSuccess(status -> {
                    statuses.merge(status, 1, Integer::sum);
                    next(by, options, left, statuses, done);
                });
    }

    @Override
    public void close() {
        Await.ended(vertx.close());
    }
}

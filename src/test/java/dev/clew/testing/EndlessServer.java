package dev.clew.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Responds to every request, over HTTP/1 and HTTP/2 with prior knowledge, with 200 and an endless body. */
public final class EndlessServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final Buffer CHUNK = Buffer.buffer(new byte[64 << 10]);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong written = new AtomicLong();
    private final CompletableFuture<Void> cut = new CompletableFuture<>();
    private final HttpServer server;

    private EndlessServer() {
        server = join(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .connectionHandler(connection -> connection.closeHandler(closed -> cut.complete(null)))
                .requestHandler(request -> request.endHandler(end -> {
                    HttpServerResponse response = request.response().setChunked(true);
                    response.exceptionHandler(e -> {});
                    response.drainHandler(drained -> pour(response));
                    pour(response);
                }))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture());
    }

    /** Starts a server on a free port of the loopback interface. */
    public static EndlessServer start() {
        return new EndlessServer();
    }

    private void pour(HttpServerResponse response) {
        while (!response.closed() && !response.writeQueueFull()) {
            written.addAndGet(CHUNK.length());
            response.write(CHUNK);
        }
    }

    /** Returns scheme, host and port. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Waits until the first connection closes; returns the body bytes written until then. */
    public long awaitCut() {
        join(cut);
        return written.get();
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        join(vertx.close().toCompletionStage().toCompletableFuture());
    }
}

package dev.clew.contract.server;

import dev.clew.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service of gRPC calls whose behaviour the second segment of the path selects:
 *
 * <ul>
 *   <li>{@code trailers-only/{status}}: nothing but a header section, with this status.
 *   <li>{@code ends/{status}}: a message, then trailers with this status, before the end of the request.
 *   <li>{@code echo}: the response begins at once, echoes each message, and ends with the request.
 *   <li>{@code resets/{code}}: a message, then RST_STREAM with this code.
 *   <li>{@code resets-first/{code}}: nothing but RST_STREAM.
 *   <li>{@code holds/{key}}: the response begins at once and ends on release.
 *   <li>{@code waits/{key}}: the response begins and ends on release.
 *   <li>{@code asks}: the request's metadata as the response's.
 * </ul>
 */
public final class CallUpstream {

    public static final String MESSAGE = "\0\0\0\0\2hi";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<String, Runnable> held = new ConcurrentHashMap<>();
    private final Map<String, Long> resets = new ConcurrentHashMap<>();
    private final int port;

    public CallUpstream() {
        port = Await.ended(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                        .requestHandler(this::handle)
                        .listen(0))
                .actualPort();
    }

    public int port() {
        return port;
    }

    /** Waits for a held call and ends it. */
    public void release(String key) {
        Runnable end = Await.notNull("held call", () -> held.remove(key));
        vertx.runOnContext(now -> end.run());
    }

    /** Waits for the gateway's reset of a held call and returns its code. */
    public long awaitReset(String key) {
        return Await.notNull("reset at the upstream", () -> resets.get(key));
    }

    public boolean holds(String key) {
        return held.containsKey(key);
    }

    private void handle(HttpServerRequest request) {
        String[] path = request.path().split("/", -1);
        HttpServerResponse response = request.response().putHeader("content-type", "application/grpc");
        switch (path[2]) {
            case "trailers-only" ->
                response.putHeader("grpc-status", path[3])
                        .putHeader("grpc-message", "as told")
                        .end();
            case "ends" -> message(response).onComplete(sent -> end(response, path[3]));
            case "echo" -> {
                response.setChunked(true).write(Buffer.buffer());
                request.handler(response::write);
                request.endHandler(last -> end(response, "0"));
            }
            case "resets" -> message(response).onComplete(sent -> response.reset(Long.parseLong(path[3])));
            case "resets-first" -> response.reset(Long.parseLong(path[3]));
            case "holds" -> {
                response.setChunked(true).write(Buffer.buffer());
                hold(response, path[3]);
            }
            case "waits" -> hold(response, path[3]);
            case "asks" -> {
                request.headers().forEach((name, value) -> response.putHeader("x-" + name, value));
                end(response, "0");
            }
            default -> response.setStatusCode(503).end();
        }
    }

    private void hold(HttpServerResponse response, String key) {
        response.exceptionHandler(gone -> {
            if (gone instanceof io.vertx.core.http.StreamResetException reset) {
                resets.put(key, reset.getCode());
            }
        });
        held.put(key, () -> end(response, "0"));
    }

    private static Future<Void> message(HttpServerResponse response) {
        return response.setChunked(true).write(MESSAGE);
    }

    private static void end(HttpServerResponse response, String status) {
        response.putTrailer("grpc-status", status).end();
    }

    public void close() {
        Await.ended(vertx.close());
    }
}

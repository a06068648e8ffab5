package dev.clew.contract.server;

import dev.clew.testing.Await;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A service whose behaviour the first segment of the path selects; other paths get {@link Seen} as JSON.
 *
 * <ul>
 *   <li>{@code /answer?status=&body=&<header>=<value>…}: exactly this response, headers in order.
 *   <li>{@code /bytes/{n}?<header>=<value>…}, {@code /chunked/{n}}: this many bytes, of declared or undeclared length.
 *   <li>{@code /trailers}: chunked, with the trailer {@code x-checksum: 42}.
 *   <li>{@code /hints}: 103 with a {@code link}, then 200.
 *   <li>{@code /continue}: 100, then echoes; {@code /reject}: 417 without reading the body.
 *   <li>{@code /slow/{ms}}: echoes after that time; {@code /held/{key}}: echoes on release; {@code /never}: does not
 *   respond.
 *   <li>{@code /reset/head}, {@code /reset/body}: closes the connection before or during the response.
 *   <li>{@code /websocket}: sends back each text message.
 *   <li>{@code /stall}: half of a response, then nothing.
 *   <li>{@code /flaky/{n}/{key}}: 503 for the first n requests with this key, then echoes.
 * </ul>
 */
public final class EchoUpstream {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<Seen> seen = new ArrayList<>();
    private final List<Seen> completed = new ArrayList<>();
    private final List<String> cutOff = new ArrayList<>();
    private final Map<String, Runnable> held = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private int port;

    private EchoUpstream() {}

    public static EchoUpstream start() {
        EchoUpstream upstream = new EchoUpstream();
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setMaxHeaderSize(128 * 1024);
        HttpServer server = upstream.vertx.createHttpServer(options).requestHandler(upstream::handle);
        upstream.port = Await.ended(server.listen(0)).actualPort();
        return upstream;
    }

    public int port() {
        return port;
    }

    /** Returns the requests whose head has arrived. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Waits for a request; the result does not include its body. */
    public Seen await(Predicate<Seen> wanted) {
        return Await.notNull(
                "request at the upstream",
                () -> seen().stream().filter(wanted).findFirst().orElse(null));
    }

    /** Returns the requests with this text in their URI whose body is complete. */
    public synchronized List<Seen> completed(String inUri) {
        return completed.stream().filter(whole -> whole.uri().contains(inUri)).toList();
    }

    /** Waits for the request to {@code /held/{key}} and responds to it. */
    public void release(String key) {
        Runnable response = Await.notNull("held request", () -> held.remove(key));
        vertx.runOnContext(now -> response.run());
    }

    /** Waits until the gateway has cancelled a request, by its URI. */
    void awaitCutOff(String uri) {
        Await.until("end of " + uri + " at the upstream", () -> {
            synchronized (this) {
                return cutOff.contains(uri);
            }
        });
    }

    private void handle(HttpServerRequest request) {
        synchronized (this) {
            seen.add(Seen.of(request, Buffer.buffer()));
        }
        request.response().exceptionHandler(gone -> {
            synchronized (this) {
                cutOff.add(request.uri());
            }
        });
        String[] path = request.path().split("/", -1);
        switch (path[1]) {
            case "answer" -> respond(request);
            case "bytes" -> bytes(request, Integer.parseInt(path[2]));
            case "chunked" ->
                request.response().setChunked(true).end(Buffer.buffer(new byte[Integer.parseInt(path[2])]));
            case "trailers" -> trailers(request.response());
            case "hints" ->
                request.response()
                        .writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</style.css>; rel=preload"))
                        .onComplete(written -> echo(request));
            case "continue" -> {
                request.response().writeContinue();
                echo(request);
            }
            case "reject" -> request.response().setStatusCode(417).end();
            case "slow" -> slowly(request, Long.parseLong(path[2]));
            case "held" -> request.body().onSuccess(body -> held.put(path[2], () -> echo(request, body)));
            case "never" -> {}
            case "websocket" ->
                request.toWebSocket().onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage));
            case "reset" -> reset(request, path[2].equals("body"));
            case "stall" -> half(request);
            case "flaky" -> flaky(request, Integer.parseInt(path[2]), path[3]);
            default -> echo(request);
        }
    }

    private void echo(HttpServerRequest request) {
        request.body().onSuccess(body -> echo(request, body));
    }

    private void slowly(HttpServerRequest request, long millis) {
        request.body().onSuccess(body -> vertx.setTimer(millis, late -> echo(request, body)));
    }

    private void echo(HttpServerRequest request, Buffer body) {
        synchronized (this) {
            completed.add(Seen.of(request, body));
        }
        request.response()
                .putHeader("content-type", "application/json")
                .end(Seen.of(request, body).json());
    }

    private static void bytes(HttpServerRequest request, int length) {
        request.params().forEach(request.response().headers()::add);
        request.response().end(Buffer.buffer(new byte[length]));
    }

    private static void respond(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String body = "";
        for (Map.Entry<String, String> parameter : request.params()) {
            switch (parameter.getKey()) {
                case "status" -> response.setStatusCode(Integer.parseInt(parameter.getValue()));
                case "body" -> body = parameter.getValue();
                default -> response.headers().add(parameter.getKey(), parameter.getValue());
            }
        }
        response.end(body);
    }

    private static void trailers(HttpServerResponse response) {
        response.setChunked(true).putHeader("trailer", "x-checksum");
        response.write("checked");
        response.putTrailer("x-checksum", "42").end();
    }

    private static io.vertx.core.Future<Void> half(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("content-length", "1000");
        return response.write(Buffer.buffer(new byte[500]));
    }

    private static void reset(HttpServerRequest request, boolean inBody) {
        if (inBody) {
            half(request).onComplete(written -> request.connection().close());
        } else {
            request.connection().close();
        }
    }

    private void flaky(HttpServerRequest request, int times, String key) {
        if (failures.computeIfAbsent(key, first -> new AtomicInteger()).getAndIncrement() < times) {
            request.response().setStatusCode(503).end("try again");
        } else {
            echo(request);
        }
    }

    public void close() {
        Await.ended(vertx.close());
    }
}

package dev.clew.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A management port with canned responses; each path's last response is repeated. */
final class StubGateway implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Queue<String>> responses = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private @Nullable String token;

    StubGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String uri = exchange.getRequestURI().toString();
            asked.add(uri);
            String authorization = exchange.getRequestHeaders().getFirst("authorization");
            boolean admitted = token == null || ("Bearer " + token).equals(authorization);
            Queue<String> queue = responses.get(exchange.getRequestURI().getPath());
            String body = queue == null ? "{}" : queue.size() > 1 ? queue.remove() : queue.element();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(!admitted ? 401 : queue == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    StubGateway responds(String path, String... bodies) {
        responses.put(path, new ArrayDeque<>(List.of(bodies)));
        return this;
    }

    StubGateway requires(String secret) {
        token = secret;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

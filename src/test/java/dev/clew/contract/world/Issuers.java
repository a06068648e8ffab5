package dev.clew.contract.world;

import dev.clew.testing.Await;
import dev.clew.testing.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The issuers of tokens, whose key-set server responds as the path specifies, and the tenants that trust them. */
public final class Issuers {

    static final String ISSUER = "https://issuer.test";
    static final String AUDIENCE = "shop";
    /** The API key of the caller initech of {@code partners}. */
    public static final String API_KEY = "k-5b1c0f8d2a7e4f6c9b3d";

    public final Tokens steady = Tokens.rsa("steady");
    public final Tokens filed = Tokens.ec("filed");
    /** Responses at {@code /told/{name}}; a status or a single word is a response without keys. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private int port;

    private Issuers() {}

    public static Issuers start(Path folder, int echo) throws IOException {
        Issuers issuers = new Issuers();
        issuers.tell("steady", Tokens.keySet(issuers.steady));
        issuers.tell("dying", Tokens.keySet(issuers.steady));
        issuers.tell("rotating", Tokens.keySet(issuers.steady));
        issuers.tell("second", Tokens.keySet(issuers.filed));
        issuers.tell("garbage", "<html>");
        issuers.port = issuers.vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(issuers::respond)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .actualPort();
        Files.writeString(folder.resolve("filed.json"), Tokens.keySet(issuers.filed));
        IssuerFiles.write(folder, echo, issuers.port);
        return issuers;
    }

    public void tell(String name, String keySet) {
        told.put(name, keySet);
    }

    /** Counts the requests for the key set at this path. */
    public int asked(String name) {
        return asked.computeIfAbsent(name, first -> new AtomicInteger()).get();
    }

    private void respond(HttpServerRequest request) {
        String name = request.path().substring(1);
        asked.computeIfAbsent(name, first -> new AtomicInteger()).incrementAndGet();
        String response = told.getOrDefault(name, "");
        switch (name) {
            case "hanging" -> {}
            case "closing" -> request.connection().close();
            default ->
                request.response().setStatusCode(response.isEmpty() ? 503 : 200).end(response);
        }
    }

    /** Returns claims that stay valid for a while. */
    public static Map<String, Object> claims(String subject) {
        return Map.of(
                "iss", ISSUER,
                "aud", AUDIENCE,
                "sub", subject,
                "scope", "orders:read orders:write",
                "exp", System.currentTimeMillis() / 1000 + 300);
    }

    public void close() {
        Await.ended(vertx.close());
    }
}

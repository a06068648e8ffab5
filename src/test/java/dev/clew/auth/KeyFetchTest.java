package dev.clew.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.access.KeySource.Fetched;
import dev.clew.testing.EndlessServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.impl.VertxInternal;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accepted and rejected responses of a key-set server. */
class KeyFetchTest {

    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String failure(String url) {
        Fetched source =
                new Fetched(URI.create(url), null, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10));
        KeyFetch fetch = new KeyFetch(((VertxInternal) vertx).createEventLoopContext(), client, source);
        CompletionException failed = assertThrows(CompletionException.class, () -> fetch.fetch()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join());
        return failed.getCause().getMessage();
    }

    @Test
    void endlessResponseIsCutOff() {
        try (EndlessServer endless = EndlessServer.start()) {
            assertEquals("response larger than " + KeyFetch.MAX_BYTES + " bytes", failure(endless.endpoint()));
            assertTrue(endless.awaitCut() > KeyFetch.MAX_BYTES);
        }
    }

    @Test
    void redirectsAreNotFollowedAndUnreachableServersFail() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(302)
                        .putHeader("location", "http://127.0.0.1:1/")
                        .end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String url = "http://127.0.0.1:" + server.actualPort();
        assertEquals("status 302", failure(url));
        server.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(failure(url).startsWith("no connection: "));
    }
}

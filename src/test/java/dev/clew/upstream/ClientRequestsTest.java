package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import org.junit.jupiter.api.Test;

class ClientRequestsTest {

    @Test
    void aClosedClientFailsAndDoesNotThrow() {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient();
        client.close().toCompletionStage().toCompletableFuture().join();
        assertTrue(ClientRequests.open(client, new RequestOptions().setHost("localhost"))
                .failed());
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.journal.Journal;
import dev.clew.management.Access;
import dev.clew.management.Viewer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestStreamsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aStreamEndsWhenItsTokenIsNoLongerValid() {
        PeerStreams alone = new PeerStreams(vertx, new Replica("one", "1"), List.of(), 1);
        RequestStreams streams = new RequestStreams(Journal.disabled(), entry -> new JsonObject(), alone, 20);
        AtomicBoolean valid = new AtomicBoolean(true);
        ApiRequest request = new ApiRequest(
                "/api/v1/requests/stream", "", Map.of(), MultiMap.caseInsensitiveMultiMap(), Viewer.OF_ALL, null);
        Router router = Router.router(vertx);
        router.get("/").handler(context -> streams.open(context, request, new Access("a", valid::get)));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        String text = vertx.createHttpClient()
                .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(sent -> sent.send())
                .compose(response -> {
                    assertEquals(200, response.statusCode());
                    valid.set(false);
                    return response.body();
                })
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .toString();
        assertTrue(text.startsWith("retry: "), text);
    }

    @Test
    void oneTokenLeavesPlacesToTheOthers() {
        StreamPlaces places = new StreamPlaces();
        for (int i = 0; i < StreamPlaces.MAX_OF_TOKEN; i++) {
            places.take("a");
        }
        assertThrows(ApiFailure.class, () -> places.take("a"));
        places.take("b");
        places.free("a");
        places.take("a");
    }

    @Test
    void allTokensTogetherHaveABound() {
        StreamPlaces places = new StreamPlaces();
        for (int i = 0; i < StreamPlaces.MAX; i++) {
            places.take("token " + i);
        }
        assertThrows(ApiFailure.class, () -> places.take("another"));
        places.free("token 1");
        places.take("another");
    }
}

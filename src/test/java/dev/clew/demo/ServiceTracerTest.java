package dev.clew.demo;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.exchange.EpochClock;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServiceTracerTest {

    @Test
    void aServiceRespondsWithTheSpanThatContinuesTheCallersTrace() {
        Vertx vertx = Vertx.vertx();
        try {
            List<String> spans = new ArrayList<>();
            InventoryService service = new InventoryService(
                    new ServiceTracer("inventory", span -> spans.add(span.getSpanId()), new EpochClock()));
            HttpServer server = vertx.createHttpServer().requestHandler(service.on(vertx));
            int port = server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join()
                    .actualPort();
            String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-";

            Response response = given().header("traceparent", trace + "00f067aa0ba902b7-01")
                    .get("http://127.0.0.1:" + port + "/inventory/umbrella");

            String named = response.header("traceresponse");
            assertEquals(trace, named.substring(0, trace.length()));
            assertEquals("-01", named.substring(named.length() - 3));
            vertx.close().toCompletionStage().toCompletableFuture().join();
            assertEquals(List.of(named.substring(trace.length(), named.length() - 3)), spans);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}

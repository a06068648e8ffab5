package dev.clew.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.exchange.EpochClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServiceTracerTest {

    @Test
    void aServiceRespondsWithTheSpanThatContinuesTheCallersTrace() throws IOException, InterruptedException {
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
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/inventory/umbrella"))
                    .header("traceparent", trace + "00f067aa0ba902b7-01")
                    .build();

            var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            String named = response.headers().firstValue("traceresponse").orElseThrow();
            assertEquals(trace, named.substring(0, trace.length()));
            assertEquals("-01", named.substring(named.length() - 3));
            vertx.close().toCompletionStage().toCompletableFuture().join();
            assertEquals(List.of(named.substring(trace.length(), named.length() - 3)), spans);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}

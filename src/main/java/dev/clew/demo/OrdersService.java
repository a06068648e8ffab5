package dev.clew.demo;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The orders service: queries the inventory service for each order. */
final class OrdersService {

    private static final String ITEM = "ball-of-thread";

    private final ServiceTracer tracer;
    private final HttpClient client;

    OrdersService(ServiceTracer tracer, HttpClient client) {
        this.tracer = tracer;
        this.client = client;
    }

    Router on(Vertx vertx) {
        Router router = Router.router(vertx);
        // acme's route forwards the path unchanged, globex's rewrites it.
        router.get("/orders/:id")
                .method(HttpMethod.HEAD)
                .handler(tracer.serving("/orders/{id}"))
                .handler(this::show);
        router.get("/v1/orders/:id")
                .method(HttpMethod.HEAD)
                .handler(tracer.serving("/v1/orders/{id}"))
                .handler(this::show);
        return router;
    }

    private void show(RoutingContext context) {
        Span call = tracer.calling(context, "GET", Demo.HOST, Demo.INVENTORY);
        client.request(HttpMethod.GET, Demo.INVENTORY, Demo.HOST, "/inventory/" + ITEM)
                .compose(request -> send(request, call))
                .onComplete(stock -> respond(context, stock));
    }

    private static Future<JsonObject> send(HttpClientRequest request, Span call) {
        ServiceTracer.inject(call, request.headers());
        return request.send()
                .compose(response -> response.body().map(body -> read(response.statusCode(), body, call)))
                .onFailure(failure -> ServiceTracer.end(call, SpanKind.CLIENT, ServiceTracer.NO_STATUS));
    }

    private static JsonObject read(int status, Buffer body, Span call) {
        ServiceTracer.end(call, SpanKind.CLIENT, status);
        return body.toJsonObject();
    }

    private static void respond(RoutingContext context, AsyncResult<JsonObject> stock) {
        context.response().putHeader("content-type", "application/json");
        if (stock.failed()) {
            context.response().setStatusCode(503);
            context.end("{\"error\":\"inventory is unavailable\"}");
            return;
        }
        JsonObject order = new JsonObject()
                .put("order", context.pathParam("id"))
                .put("item", ITEM)
                .put("in_stock", stock.result().getInteger("in_stock"));
        context.end(order.encode() + '\n');
    }
}

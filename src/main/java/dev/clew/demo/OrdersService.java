package dev.clew.demo;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;

/** The orders service: queries the inventory service for each order. */
final class OrdersService {

    private static final String ITEM = "ball-of-thread";

    private final ServiceTracer tracer;
    private final WebClient client;

    OrdersService(ServiceTracer tracer, WebClient client) {
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
        HttpRequest<Buffer> request = client.get(Demo.INVENTORY, Demo.HOST, "/inventory/" + ITEM);
        ServiceTracer.inject(call, request.headers());
        request.send()
                .onSuccess(response -> ServiceTracer.end(call, SpanKind.CLIENT, response.statusCode()))
                .onFailure(failure -> ServiceTracer.end(call, SpanKind.CLIENT, ServiceTracer.NO_STATUS))
                .map(HttpResponse::bodyAsJsonObject)
                .onComplete(stock -> respond(context, stock));
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

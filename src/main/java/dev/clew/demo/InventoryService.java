package dev.clew.demo;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The inventory service: returns a constant stock of each item. */
final class InventoryService {

    private static final int IN_STOCK = 12;

    private final ServiceTracer tracer;

    InventoryService(ServiceTracer tracer) {
        this.tracer = tracer;
    }

    Router on(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/inventory/:item")
                .method(HttpMethod.HEAD)
                .handler(tracer.serving("/inventory/{item}"))
                .handler(this::show);
        return router;
    }

    private void show(RoutingContext context) {
        JsonObject stock =
                new JsonObject().put("item", context.pathParam("item")).put("in_stock", IN_STOCK);
        context.response().putHeader("content-type", "application/json");
        context.end(stock.encode() + '\n');
    }
}

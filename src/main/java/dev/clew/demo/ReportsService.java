package dev.clew.demo;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A faulty service: one report is slow, the other fails. */
final class ReportsService {

    private static final long SLOW_MILLIS = 2_000;

    private final ServiceTracer tracer;

    ReportsService(ServiceTracer tracer) {
        this.tracer = tracer;
    }

    Router on(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/slow").handler(tracer.serving("/slow")).handler(context -> {
            vertx.setTimer(SLOW_MILLIS, timer -> respond(context, 200, "{\"report\":\"done at last\"}"));
        });
        router.get("/broken")
                .handler(tracer.serving("/broken"))
                .handler(context -> respond(context, 500, "{\"error\":\"the report cannot be made\"}"));
        return router;
    }

    private static void respond(RoutingContext context, int status, String json) {
        if (!context.response().closed()) {
            context.response().setStatusCode(status).putHeader("content-type", "application/json");
            context.end(json + '\n');
        }
    }
}

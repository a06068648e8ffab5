package dev.clew.gateway;

import dev.clew.export.Exports;
import dev.clew.export.report.TelemetryPage;
import dev.clew.journal.Journal;
import dev.clew.observe.Coverage;
import dev.clew.observe.TracePage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;

/** The management port's pages beside health and metrics. */
@ApplicationScoped
public class ManagementRoutes {

    void mount(
            @Observes ManagementInterface management,
            Journal journal,
            Exports exports,
            ConfigStatus config,
            Overload overload,
            LogQueue log,
            ManagementAccess access,
            MeterRegistry meters) {
        access.mountOn(management.router());
        TracePage traces = new TracePage(journal);
        management.router().get("/q/traces/:traceId").blockingHandler(context -> {
            TracePage.Response response = traces.respond(Objects.requireNonNull(context.pathParam("traceId")));
            show(context, response.status(), response.contentType(), response.body());
        });
        TelemetryPage telemetry = new TelemetryPage(exports, log::lost);
        management
                .router()
                .get("/q/telemetry")
                .blockingHandler(context -> show(context, 200, "application/json", telemetry.json()));
        management
                .router()
                .get("/q/config")
                .blockingHandler(context -> show(context, 200, "application/json", config.json()));
        // On the event loop: it does not block, and worker threads may be exhausted.
        management
                .router()
                .get("/q/overload")
                .handler(context -> show(context, 200, "application/json", overload.json()));
        Coverage coverage = new Coverage(meters);
        management
                .router()
                .get("/q/coverage")
                .blockingHandler(context -> show(context, 200, "application/json", coverage.json()));
    }

    private static void show(RoutingContext context, int status, String contentType, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", contentType)
                .putHeader("cache-control", "no-store")
                .end(body);
    }
}

package dev.clew.gateway;

import dev.clew.api.ApiRoutes;
import dev.clew.export.Exports;
import dev.clew.export.report.TelemetryPage;
import dev.clew.observe.Coverage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;

/** The management port's pages beside health and metrics. */
@ApplicationScoped
public class ManagementRoutes {

    private static final int PERMANENT_REDIRECT = 308;
    private static final int MAX_RADIX = Character.MAX_RADIX;

    void mount(
            @Observes ManagementInterface management,
            Exports exports,
            ConfigStatus config,
            Overload overload,
            LogQueue log,
            ManagementAccess access,
            MeterRegistry meters) {
        access.mountOn(management.router());
        management.router().get("/").handler(IndexPage::show);
        management.router().get("/q/traces/:traceId").handler(ManagementRoutes::redirectToApi);
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

    /** Leads those who know the former address to the API, which asks all replicas. */
    private static void redirectToApi(RoutingContext context) {
        String traceId = Objects.requireNonNull(context.pathParam("traceId"));
        if (!traceId.chars().allMatch(c -> Character.digit(c, MAX_RADIX) >= 0 && c < 0x7f)) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(PERMANENT_REDIRECT)
                .putHeader("location", ApiRoutes.ROOT + "/traces/" + traceId)
                .end();
    }

    private static void show(RoutingContext context, int status, String contentType, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", contentType)
                .putHeader("cache-control", "no-store")
                .end(body);
    }
}

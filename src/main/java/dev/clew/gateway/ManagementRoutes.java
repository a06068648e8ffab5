package dev.clew.gateway;

import dev.clew.config.LoadedConfiguration;
import dev.clew.export.RecentTraces;
import dev.clew.observe.Coverage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;

/** What the management port shows beside health and metrics. */
@ApplicationScoped
public class ManagementRoutes {

    void mount(
            @Observes ManagementInterface management,
            LoadedConfiguration configuration,
            RecentTraces recent,
            MeterRegistry meters) {
        boolean kept = configuration.settings().recentTraces().enabled();
        management.router().get("/q/traces/:traceId").handler(context -> {
            String traceId = Objects.requireNonNull(context.pathParam("traceId"));
            show(context, kept ? recent.answer(traceId) : RecentTraces.SWITCHED_OFF);
        });
        Coverage coverage = new Coverage(meters);
        management
                .router()
                .get("/q/coverage")
                .blockingHandler(
                        context -> show(context, new RecentTraces.Answer(200, "application/json", coverage.json())));
    }

    private static void show(RoutingContext context, RecentTraces.Answer answer) {
        context.response()
                .setStatusCode(answer.status())
                .putHeader("content-type", answer.contentType())
                .putHeader("cache-control", "no-store")
                .end(answer.body());
    }
}

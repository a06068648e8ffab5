package dev.clew.gateway;

import dev.clew.config.GatewaySettings;
import dev.clew.config.LoadedConfiguration;
import dev.clew.export.RecentTraces;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;

/** What the management port shows beside health and metrics. */
@ApplicationScoped
public class ManagementRoutes {

    void mount(@Observes ManagementInterface management, LoadedConfiguration configuration, RecentTraces recent) {
        GatewaySettings settings = configuration.settings();
        if (settings.recentTraces().enabled()) {
            management.router().get("/q/traces/:traceId").handler(context -> show(context, recent));
        }
    }

    private static void show(RoutingContext context, RecentTraces recent) {
        RecentTraces.Answer answer = recent.answer(Objects.requireNonNull(context.pathParam("traceId")));
        context.response()
                .setStatusCode(answer.status())
                .putHeader("content-type", answer.contentType())
                .putHeader("cache-control", "no-store")
                .end(answer.body());
    }
}

package dev.clew.gateway;

import dev.clew.console.ConsoleHandler;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The console on the management port, and the way there from its root. */
@ApplicationScoped
public class ConsoleRoutes {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final String CONSOLE = "/console";

    /** Before Quarkus's own page at the root, which lists pages that the management port does not have. */
    private static final int FIRST = -1000;

    /** What the management port serves, for people who ask for no page. */
    private static final String LIST =
            """
            /console          the console
            /q/metrics        metrics for Prometheus
            /q/health/live    liveness
            /q/health/ready   readiness
            /q/config         configuration in force and its problems
            /q/telemetry      telemetry destinations
            /q/coverage       services that continue traces, and those that break them
            /q/overload       memory and load
            """;

    void mount(@Observes ManagementInterface management) {
        Router router = management.router();
        ConsoleHandler console = new ConsoleHandler();
        for (String path : new String[] {CONSOLE, CONSOLE + "/*"}) {
            router.route(path)
                    .order(FIRST)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(console);
        }
        router.get("/").order(FIRST).handler(ConsoleRoutes::root);
    }

    private static void root(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            context.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, CONSOLE)
                    .end();
            return;
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(LIST);
    }

    void announce(@Observes StartupEvent event, @ConfigProperty(name = "quarkus.management.port") int port) {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            LOG.infof("console: http://localhost:%d%s", port, CONSOLE);
        }
    }
}

package dev.clew.gateway;

import dev.clew.console.ConsoleHandler;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The console on the management port. */
@ApplicationScoped
public class ConsoleRoutes {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final String CONSOLE = "/console";

    void mount(@Observes ManagementInterface management) {
        Router router = management.router();
        ConsoleHandler console = new ConsoleHandler();
        for (String path : new String[] {CONSOLE, CONSOLE + "/*"}) {
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(console);
        }
    }

    void announce(@Observes StartupEvent event, @ConfigProperty(name = "quarkus.management.port") int port) {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            LOG.infof("console: http://localhost:%d%s", port, CONSOLE);
        }
    }
}

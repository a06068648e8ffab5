package dev.clew.gateway;

import dev.clew.console.ConsoleHandler;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The console on the management port. */
@ApplicationScoped
public class ConsoleRoutes {

    private static final List<String> PATHS = List.of("/console", "/console/*");

    void mount(@Observes ManagementInterface management) {
        ConsoleHandler console = new ConsoleHandler();
        for (String path : PATHS) {
            management
                    .router()
                    .route(path)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(console);
        }
    }
}

package dev.clew.demo;

import dev.clew.exchange.EpochClock;
import dev.clew.export.queue.SpanSink;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Starts the services at the addresses in {@code tenants/acme.yaml} and {@code tenants/globex.yaml}, and stops them
 * before each live reload, which would otherwise find its ports in use.
 */
@ApplicationScoped
@IfBuildProfile("dev")
public class Demo {

    static final String HOST = "127.0.0.1";
    static final int ORDERS = 9101;
    static final int INVENTORY = 9102;
    static final int REPORTS = 9103;

    private static final Logger LOG = Logger.getLogger(Demo.class);
    private static final long TIMEOUT_SECONDS = 5;

    private final Vertx vertx;
    private final SpanSink sink;
    private final EpochClock clock;
    private final WebClient client;
    private final List<HttpServer> servers = new ArrayList<>();

    Demo(Vertx vertx, SpanSink sink, EpochClock clock) {
        this.vertx = vertx;
        this.sink = sink;
        this.clock = clock;
        this.client = WebClient.create(vertx);
    }

    void start(@Observes StartupEvent event) {
        open("orders", ORDERS, new OrdersService(tracer("orders"), client).on(vertx));
        open("inventory", INVENTORY, new InventoryService(tracer("inventory")).on(vertx));
        open("reports", REPORTS, new ReportsService(tracer("reports")).on(vertx));
        LOG.infof("%d of 3 demo services are running; README.md shows requests to try", servers.size());
    }

    void stop(@Observes ShutdownEvent event) {
        servers.forEach(server -> completes(server.close()));
        client.close();
    }

    private ServiceTracer tracer(String service) {
        return new ServiceTracer(service, sink, clock);
    }

    private void open(String name, int port, Router router) {
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        if (completes(server.listen(port, HOST))) {
            servers.add(server);
        } else {
            LOG.errorf(
                    "demo service %s: cannot listen on %s:%d, probably in use by another program, such as a second"
                            + " development mode. Requests for %s go to that program",
                    name, HOST, port, name);
        }
    }

    /** Blocks Quarkus's startup and shutdown thread only. */
    private static boolean completes(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}

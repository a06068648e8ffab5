package dev.clew.gateway;

import dev.clew.connection.ClientConnections;
import dev.clew.connection.CloseReason;
import dev.clew.connection.ConnectionBounds;
import dev.clew.connection.ConnectionState;
import dev.clew.connection.FileDescriptors;
import dev.clew.listener.Listeners;
import dev.clew.listener.NetworkStack;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The bounds on clients' connections, set before the first port opens; connection counts and the network stack as log
 * lines, metrics and JSON.
 */
@Singleton
public class ConnectionStatus {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final String KEY = "quarkus.http.limits.max-connections";

    private final Listeners listeners;
    private final NetworkStack stack;

    ConnectionStatus(Vertx vertx, @ConfigProperty(name = KEY) Optional<Integer> most, MeterRegistry meters) {
        this.listeners = Listeners.of(vertx);
        this.stack = NetworkStack.of(vertx);
        ConnectionBounds bounds =
                ConnectionBounds.of(Math.max(0, most.orElse(0)), FileDescriptors.limit(), FileDescriptors.open());
        listeners.bound(bounds);
        log(bounds);
        Gauge.builder("clew.network.info", () -> 1)
                .description("The transport, the resolver and the TLS library in use; always 1")
                .tags(
                        "transport",
                        stack.transport(),
                        "resolver",
                        stack.resolver(),
                        "tls",
                        stack.tls().tag())
                .register(meters);
        bind(meters, listeners.traffic(), Tags.of("port", "traffic"));
        bind(meters, listeners.management(), Tags.of("port", "management"));
    }

    private void log(ConnectionBounds bounds) {
        if (bounds.isLowered()) {
            LOG.warnf(
                    "%s; at most %d client connections, fewer than %s: the process may open %d file descriptors"
                            + " (raise that limit, or lower the setting)",
                    stack, bounds.clients(), KEY, bounds.descriptors());
        } else {
            LOG.infof(
                    "%s; at most %d client connections, and %d at the management port",
                    stack, bounds.clients(), bounds.management());
        }
    }

    private static void bind(MeterRegistry meters, ClientConnections connections, Tags port) {
        for (ConnectionState state : ConnectionState.values()) {
            Gauge.builder("clew.client.connections", connections, all -> all.in(state))
                    .description("Open client connections, by state")
                    .tags(port.and("state", name(state)))
                    .register(meters);
        }
        Gauge.builder("clew.client.connections.most", connections, ClientConnections::most)
                .description("Limit on open client connections")
                .tags(port)
                .register(meters);
        for (CloseReason reason : CloseReason.values()) {
            FunctionCounter.builder("clew.client.connections.ended", connections, all -> all.ended(reason))
                    .description("Client connections rejected or closed by the gateway, by reason")
                    .tags(port.and("reason", reason.tag()))
                    .register(meters);
        }
        FunctionCounter.builder("clew.accept.failures", connections, ClientConnections::acceptFailures)
                .description("Failed accepts")
                .tags(port)
                .register(meters);
    }

    private static String name(ConnectionState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the current bounds and counts. */
    JsonObject json() {
        ConnectionBounds bounds = listeners.bounds();
        return new JsonObject()
                .put("transport", stack.transport())
                .put("resolver", stack.resolver())
                .put("tls", stack.tls().tag())
                .put("traffic", json(listeners.traffic()))
                .put("management", json(listeners.management()))
                .put("configured", number(bounds.configured()))
                .put("descriptors", number(bounds.descriptors()));
    }

    private static JsonObject json(ClientConnections connections) {
        JsonObject json =
                new JsonObject().put("most", number(connections.most())).put("open", connections.open());
        for (ConnectionState state : ConnectionState.values()) {
            json.put(name(state), connections.in(state));
        }
        JsonObject ended = new JsonObject();
        for (CloseReason reason : CloseReason.values()) {
            ended.put(reason.tag(), connections.ended(reason));
        }
        return json.put("ended", ended).put("acceptFailures", connections.acceptFailures());
    }

    /** Returns null for an unlimited number. */
    private static @Nullable Integer number(int most) {
        return most == Integer.MAX_VALUE ? null : most;
    }
}

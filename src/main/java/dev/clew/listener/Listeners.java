package dev.clew.listener;

import dev.clew.connection.AcceptGate;
import dev.clew.connection.ClientConnection;
import dev.clew.connection.ClientConnections;
import dev.clew.connection.ConnectionBounds;
import dev.clew.connection.ConnectionLifetime;
import dev.clew.connection.FileDescriptors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The client connections at the traffic ports and at the management port, and their limits. */
public final class Listeners {

    private static final String FIRST_BYTE_TIMEOUT = "clew.first-byte-timeout";
    private static final Duration STANDARD_FIRST_BYTE = Duration.ofSeconds(5);
    private static final String AGE = "clew.connections.max-age";
    private static final String REQUESTS = "clew.connections.max-requests";
    private static final String GRACE = "clew.connections.grace";
    private static final Duration STANDARD_AGE = Duration.ofMinutes(10);
    private static final Duration STANDARD_GRACE = Duration.ofMinutes(5);
    private static final int STANDARD_MANAGEMENT_PORT = 9000;

    /** The part of the reserve that the management port leaves for files and for connections about to be closed. */
    private static final int LAST = FileDescriptors.RESERVE / 4;

    private final ClientConnections traffic;
    private final ClientConnections management;
    private final int managementPort;
    private volatile ConnectionBounds bounds = ConnectionBounds.ANY;

    private Listeners(Duration firstByte, ConnectionLifetime life, int managementPort) {
        this.traffic = new ClientConnections(firstByte, life, System::nanoTime);
        this.management = new ClientConnections(firstByte, life, System::nanoTime);
        this.managementPort = managementPort;
        bound(ConnectionBounds.ANY);
    }

    static Listeners of(Config config) {
        Duration firstByte =
                config.getOptionalValue(FIRST_BYTE_TIMEOUT, Duration.class).orElse(STANDARD_FIRST_BYTE);
        if (firstByte.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    FIRST_BYTE_TIMEOUT + ": " + firstByte.toMillis() + "ms (expected: from 1ms)");
        }
        String port = LaunchMode.current() == LaunchMode.TEST ? "test-port" : "port";
        return new Listeners(
                firstByte,
                new ConnectionLifetime(
                        config.getOptionalValue(AGE, Duration.class).orElse(STANDARD_AGE),
                        config.getOptionalValue(REQUESTS, Integer.class).orElse(0),
                        config.getOptionalValue(GRACE, Duration.class).orElse(STANDARD_GRACE)),
                config.getOptionalValue("quarkus.management." + port, Integer.class)
                        .orElse(STANDARD_MANAGEMENT_PORT));
    }

    /** Returns the listeners of a Vert.x instance. */
    public static Listeners of(Vertx vertx) {
        return ((StrictTransport) ((VertxInternal) vertx).transport()).listeners();
    }

    /** Returns true, and counts the connection as expired, if the current HTTP/1 request must be its last. */
    public static boolean mustCloseAfterResponse(HttpConnection connection) {
        ClientConnection client = connection instanceof ConnectionBase base
                ? ClientConnection.of(base.channelHandlerContext().channel())
                : null;
        return client != null && client.mustCloseAfterResponse();
    }

    /** Returns the client connections of all traffic ports. */
    public ClientConnections traffic() {
        return traffic;
    }

    /** Returns the connections of the management port. */
    public ClientConnections management() {
        return management;
    }

    /** Returns the current limits. */
    public ConnectionBounds bounds() {
        return bounds;
    }

    /** Sets the limits. */
    public void bound(ConnectionBounds next) {
        bounds = next;
        traffic.bound(next.clients(), next.descriptors(), FileDescriptors.RESERVE);
        management.bound(next.management(), next.descriptors(), LAST);
    }

    /** Creates the gate of a listener about to open; null for a listener that is neither traffic nor management. */
    @Nullable AcceptGate gate(NetServerOptions options) {
        if (options.getKeyCertOptions() instanceof TrafficListener) {
            return new AcceptGate(traffic, System::nanoTime);
        }
        // Port 0, any free port, identifies no listener.
        boolean isManagement = managementPort != 0 && options.getPort() == managementPort;
        return isManagement ? new AcceptGate(management, System::nanoTime) : null;
    }

    /** Returns an upstream connection's channel, or closes it and fails if it uses a reserved file descriptor. */
    Channel withinDescriptorLimit(Channel channel) {
        if (FileDescriptors.isInReserve(channel, FileDescriptors.RESERVE, bounds.descriptors())) {
            channel.unsafe().closeForcibly();
            throw new ChannelException("no file descriptor left outside the reserve");
        }
        return channel;
    }
}

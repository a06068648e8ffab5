package dev.clew.upstream;

import dev.clew.exchange.Loop;
import dev.clew.tenant.upstream.Endpoint;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address that requests are sent to, with its connections.
 *
 * <p>Those of one event loop are touched by that loop alone, so that taking one needs no lock.
 */
public final class Target {

    private final Endpoint endpoint;
    private final String host;
    private final SocketAddress address;
    private final int weight;
    private final ClientFactory factory;
    private final AtomicInteger underWay = new AtomicInteger();
    private final EndpointHealth health = new EndpointHealth();

    /** By event loop. */
    private final ConcurrentMap<Integer, LoopClient> clients = new ConcurrentHashMap<>();

    private volatile boolean retired;

    /**
     * An address without connections so far.
     *
     * @param host an address of the endpoint's host, or its name while that has not been looked up
     */
    Target(Endpoint endpoint, String host, int weight, ClientFactory factory) {
        this.endpoint = endpoint;
        this.host = host;
        this.address = SocketAddress.inetSocketAddress(endpoint.port(), host);
        this.weight = weight;
        this.factory = factory;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** An address, or a name that has not been looked up. */
    String host() {
        return host;
    }

    public SocketAddress address() {
        return address;
    }

    /** The name in the upstream's certificate, and the one asked for. */
    public String serverName() {
        return factory.serverName(endpoint);
    }

    int weight() {
        return weight;
    }

    EndpointHealth health() {
        return health;
    }

    /** Requests under way; counted only where the balancing asks for it. */
    AtomicInteger underWay() {
        return underWay;
    }

    /** The client of the event loop that runs the caller. */
    public LoopClient clientOf(Loop loop) {
        LoopClient known = clients.get(loop.index());
        return known != null ? known : open(loop.index());
    }

    private LoopClient open(int loop) {
        LoopClient client = factory.open(this);
        clients.put(loop, client);
        return client;
    }

    boolean isRetired() {
        return retired;
    }

    /**
     * Lets requests under way end and then closes the connections; to be called when no further request is sent here. A loop
     * that chose this address before may still be about to use it, and closes when it has.
     */
    void retire() {
        retired = true;
        clients.values().forEach(LoopClient::closeWhenUnused);
    }

    /** Ends all connections at once. */
    void close() {
        clients.values().forEach(LoopClient::close);
    }

    /** Returns the host, its address where that is another, and the port: for log lines. */
    @Override
    public String toString() {
        String name = endpoint.host();
        return (name.equals(host) ? name : name + " (" + host + ")") + ":" + endpoint.port();
    }
}

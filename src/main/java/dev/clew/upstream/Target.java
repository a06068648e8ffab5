package dev.clew.upstream;

import dev.clew.exchange.Loop;
import dev.clew.tenant.upstream.Endpoint;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address of an endpoint, with its connections.
 *
 * <p>Each event loop has its own client, which only that loop uses, so that taking a connection needs no lock.
 */
public final class Target {

    private final Endpoint endpoint;
    private final String host;
    private final SocketAddress address;
    private final int weight;
    private final ClientFactory factory;
    private final AtomicInteger activeRequests = new AtomicInteger();
    private final EndpointHealth health = new EndpointHealth();

    /** By event loop index. */
    private final ConcurrentMap<Integer, LoopClient> clients = new ConcurrentHashMap<>();

    private volatile boolean retired;

    /**
     * Creates an address without connections.
     *
     * @param host an address of the endpoint's host, or its name until that is resolved
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

    /** Returns the IP address, or the name until it is resolved. */
    String host() {
        return host;
    }

    public SocketAddress address() {
        return address;
    }

    /** Returns the name for SNI and for verification of the upstream's certificate. */
    public String serverName() {
        return factory.serverName(endpoint);
    }

    /** Returns the options of a request to it by Vert.x's client, without method and URI. */
    RequestOptions options(Duration connectTimeout) {
        return new RequestOptions()
                .setConnectTimeout(connectTimeout.toMillis())
                .setServer(address)
                .setHost(serverName())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls());
    }

    int weight() {
        return weight;
    }

    EndpointHealth health() {
        return health;
    }

    /** Returns the number of active requests; counted only if the load balancing uses it. */
    AtomicInteger activeRequests() {
        return activeRequests;
    }

    /** Returns the client of an event loop. Called on that loop. */
    public LoopClient clientOf(Loop loop) {
        LoopClient known = clients.get(loop.index());
        return known != null ? known : open(loop);
    }

    private LoopClient open(Loop loop) {
        LoopClient client = factory.open(this, loop);
        clients.put(loop.index(), client);
        return client;
    }

    /** Returns the state for operators. */
    PoolStatus.Address status() {
        long attempts = 0;
        long failures = 0;
        for (LoopClient client : clients.values()) {
            attempts += client.attempts();
            failures += client.failures();
        }
        return new PoolStatus.Address(
                endpoint, host, health.isHealthy(), health.isEjected(), !health.isUnreachable(), attempts, failures);
    }

    boolean isRetired() {
        return retired;
    }

    /**
     * Closes the connections once the active requests have ended. Called when the address is no longer chosen; a loop
     * that chose it before may still be about to use it, and closes its client afterwards.
     */
    void retire() {
        retired = true;
        clients.values().forEach(LoopClient::closeWhenUnused);
    }

    /** Closes all connections immediately. */
    void close() {
        clients.values().forEach(LoopClient::close);
    }

    /** Returns the host, its address if different, and the port: for log lines. */
    @Override
    public String toString() {
        String name = endpoint.host();
        return (name.equals(host) ? name : name + " (" + host + ")") + ":" + endpoint.port();
    }
}

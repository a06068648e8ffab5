package dev.clew.management;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Requests of the gateway's own machine, such as those of {@code kubectl port-forward}. */
final class Loopback {

    private Loopback() {}

    /**
     * Returns whether a request comes from this machine and from no proxy on it: only the two addresses that clients
     * use count, since sidecars connect from others of 127.0.0.0/8, and forwarding fields name another client.
     */
    static boolean isSource(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        String host = address == null ? null : address.hostAddress();
        return host != null
                && (host.equals("127.0.0.1") || host.equals("::1") || host.equals("0:0:0:0:0:0:0:1"))
                && !request.headers().contains("forwarded")
                && !request.headers().contains("x-forwarded-for");
    }
}

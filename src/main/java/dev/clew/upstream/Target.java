package dev.clew.upstream;

import dev.clew.tenant.Endpoint;
import io.vertx.core.net.SocketAddress;

/**
 * An endpoint as the client wants it, made once: Vert.x would parse the host anew for each request.
 *
 * @param address not resolved; a name is looked up again for each new connection
 */
public record Target(Endpoint endpoint, SocketAddress address) {

    static Target of(Endpoint endpoint) {
        return new Target(endpoint, SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()));
    }
}

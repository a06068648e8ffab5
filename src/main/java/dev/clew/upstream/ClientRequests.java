package dev.clew.upstream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;

/** Asks for connections to upstreams. */
final class ClientRequests {

    private ClientRequests() {}

    /**
     * Fails for a client that has been closed, as one is at shutdown, like for any other reason: Vert.x would throw.
     */
    static Future<HttpClientRequest> open(HttpClient client, RequestOptions options) {
        try {
            return client.request(options);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(closed);
        }
    }
}

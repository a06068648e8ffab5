package dev.clew.upstream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;

/** Opens requests to upstreams. */
final class ClientRequests {

    private ClientRequests() {}

    /** Opens a request. Fails the future for a closed client, such as at shutdown, where Vert.x would throw. */
    static Future<HttpClientRequest> open(HttpClient client, RequestOptions options) {
        try {
            return client.request(options);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(closed);
        }
    }
}

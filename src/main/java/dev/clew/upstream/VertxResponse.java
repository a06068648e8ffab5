package dev.clew.upstream;

import dev.clew.upstream.client.ResponseReceiver;
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.net.NetSocket;
import java.util.Objects;

/** The response to a {@link VertxRequest}. */
final class VertxResponse implements UpstreamResponse {

    private final VertxRequest request;
    private final HttpClientResponse response;

    VertxResponse(VertxRequest request, HttpClientResponse response, ResponseReceiver receiver) {
        this.request = request;
        this.response = response;
        // Also for the echo of a reset, which Vert.x would log as an error.
        response.exceptionHandler(request.guarded(receiver::failed));
    }

    @Override
    public HttpVersion version() {
        return response.version();
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public MultiMap headers() {
        return response.headers();
    }

    @Override
    public MultiMap trailers() {
        return response.trailers();
    }

    @Override
    public void body(Body body) {
        response.handler(request.guarded(body::received));
        response.endHandler(request.guarded(end -> body.ended()));
        Context context = Objects.requireNonNull(Vertx.currentContext(), "no event loop");
        context.runOnContext(request.guarded(next -> body.caughtUp()));
    }

    @Override
    public void pause() {
        response.pause();
    }

    @Override
    public void resume() {
        response.resume();
    }

    @Override
    public NetSocket socket() {
        // The response's own socket never reports a full queue (Vert.x 4.5).
        return ((Http1xClientConnection) response.request().connection()).toNetSocket();
    }
}

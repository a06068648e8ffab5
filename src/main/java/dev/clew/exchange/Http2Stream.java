package dev.clew.exchange;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** The state of a request's HTTP/2 stream, which Netty knows and Vert.x does not expose. */
final class Http2Stream {

    private Http2Stream() {}

    /**
     * Returns whether the HEADERS frame carried END_STREAM (RFC 9113 section 6.2), so that there is no body. Must be
     * called before the next frame is read.
     */
    static boolean endsWithHead(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection
                && connection.channelHandlerContext().handler() instanceof Http2ConnectionHandler codec) {
            var stream = codec.connection().stream(request.streamId());
            return stream != null && !stream.state().remoteSideOpen();
        }
        return false;
    }
}

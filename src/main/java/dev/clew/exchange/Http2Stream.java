package dev.clew.exchange;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** The stream that a request came on, as Netty knows it and Vert.x does not tell. */
final class Http2Stream {

    private Http2Stream() {}

    /**
     * Returns whether the frame with the request's head had END_STREAM (RFC 9113 section 6.2): there is no body. To be
     * asked before the next frame is read.
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

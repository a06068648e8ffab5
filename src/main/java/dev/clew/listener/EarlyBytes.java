package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** The bytes that a client sent after a request, before it received the response. */
public final class EarlyBytes {

    private EarlyBytes() {}

    /**
     * Removes them from an HTTP/1 connection about to be upgraded: they begin the next protocol rather than another
     * request. To be called on the connection's event loop.
     */
    public static Buffer take(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            StrictRequestDecoder decoder =
                    base.channelHandlerContext().pipeline().get(StrictRequestDecoder.class);
            if (decoder != null) {
                ByteBuf rest = decoder.pipelined();
                byte[] taken = new byte[rest.readableBytes()];
                rest.readBytes(taken);
                return Buffer.buffer(taken);
            }
        }
        return Buffer.buffer();
    }
}

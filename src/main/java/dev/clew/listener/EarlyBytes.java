package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** What a client has sent behind a request whose answer it had not seen yet. */
public final class EarlyBytes {

    private EarlyBytes() {}

    /**
     * Takes them off an HTTP/1 connection that is about to leave HTTP, in which they are not another request but the beginning of
     * what is spoken next. To be called on the connection's event loop.
     */
    public static Buffer take(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            StrictRequestDecoder decoder =
                    base.channelHandlerContext().pipeline().get(StrictRequestDecoder.class);
            if (decoder != null) {
                ByteBuf rest = decoder.heldBack();
                byte[] taken = new byte[rest.readableBytes()];
                rest.readBytes(taken);
                return Buffer.buffer(taken);
            }
        }
        return Buffer.buffer();
    }
}

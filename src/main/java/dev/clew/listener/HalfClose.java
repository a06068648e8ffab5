package dev.clew.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends one direction of a connection. The client then has the whole answer and its end, while what it still sends is read:
 * closing both directions with bytes unread would reset the connection and take the answer with it (RFC 9112 section 9.6).
 */
public final class HalfClose {

    private HalfClose() {}

    /** Does nothing on TLS, where the end has to be announced inside the encrypted stream. */
    @SuppressWarnings("FutureReturnValueIgnored") // what matters of it, the listener is told
    public static void of(HttpConnection connection) {
        if (connection.isSsl() || !(connection instanceof ConnectionBase base)) {
            return;
        }
        Channel channel = base.channelHandlerContext().channel();
        if (channel instanceof DuplexChannel duplex) {
            // Behind the answer in the channel's queue, because a flush that is under way must not be cut off.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER, channel.newPromise().addListener(flushed -> end(duplex)));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that is gone already has ended, too
    private static void end(DuplexChannel channel) {
        channel.shutdownOutput();
    }
}

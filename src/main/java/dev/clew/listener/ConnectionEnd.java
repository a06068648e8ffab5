package dev.clew.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** The two ways in which the gateway ends an HTTP/1 connection that it cannot go on with. */
public final class ConnectionEnd {

    private ConnectionEnd() {}

    /**
     * Ends it with an answer that leaves bytes of the request unread. No request is read from it any more, and the client gets
     * the end at once, while what it still sends is dropped: closing both directions with bytes unread would reset the
     * connection and take the answer with it (RFC 9112 section 9.6).
     *
     * <p>To be called on the connection's event loop when the answer has been written; the caller closes the rest later.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what matters of it, the listener is told
    public static void afterAnswer(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        Channel channel = base.channelHandlerContext().channel();
        StrictRequestDecoder decoder = channel.pipeline().get(StrictRequestDecoder.class);
        if (decoder != null) {
            decoder.refuseRest();
        }
        // On TLS the end has to be announced inside the encrypted stream, and comes with the close.
        if (!connection.isSsl() && channel instanceof DuplexChannel duplex) {
            // Behind the answer in the channel's queue, because a flush that is under way must not be cut off.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER, channel.newPromise().addListener(flushed -> end(duplex)));
        }
    }

    /** Ends it whatever is still to be written: a client that does not read would never let a flush end. */
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
    public static void now(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channelHandlerContext().close();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that is gone already has ended, too
    private static void end(DuplexChannel channel) {
        channel.shutdownOutput();
    }
}

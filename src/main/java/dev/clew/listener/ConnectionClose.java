package dev.clew.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The ways in which the gateway ends a connection that it cannot go on with, be it a client's or an upstream's: in
 * order, which is behind what has been written, and abort when that has not left in time. Vert.x's own {@code close} and
 * {@code reset} wait for it to leave, which it never does while the other side does not read.
 *
 * <p>To be called on the connection's event loop. A connection that has ended already is left alone.
 */
public final class ConnectionClose {

    /** The longest time for which the other side may leave unread what comes before the end. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private ConnectionClose() {}

    /**
     * Ends it with an answer that leaves bytes of the request unread. No request is read from it any more, and the client gets
     * the end at once, while what it still sends is dropped: closing both directions with bytes unread would reset the
     * connection and take the answer with it (RFC 9112 section 9.6).
     *
     * <p>To be called when the answer has been written; the caller closes the rest later.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what matters of it, the listener is told
    public static void afterResponse(HttpConnection connection) {
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

    /** Closes it behind what has been written, or abort after {@link #PATIENCE}. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done when it has ended
    public static void gracefully(HttpConnection connection) {
        connection.close();
        abortUnlessSent(connection, PATIENCE);
    }

    /** As {@link #gracefully(HttpConnection)}, of a connection that has left HTTP. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done when it has ended
    public static void gracefully(NetSocket socket) {
        socket.close();
        if (socket instanceof ConnectionBase base) {
            abortUnlessSent(base, PATIENCE);
        }
    }

    /**
     * Ends it abort unless all that has been written until abort leaves in time, such as the reset of a stream. What is
     * written later may take longer.
     *
     * @param patience zero for one that has to have left already
     */
    public static void abortUnlessSent(HttpConnection connection, Duration patience) {
        if (connection instanceof ConnectionBase base) {
            abortUnlessSent(base, patience);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise tells
    private static void abortUnlessSent(ConnectionBase base, Duration patience) {
        ChannelHandlerContext context = base.channelHandlerContext();
        ChannelPromise sent = context.newPromise();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER, sent);
        if (sent.isDone()) {
            return;
        }
        if (patience.isZero()) {
            abort(context.channel());
            return;
        }
        ScheduledFuture<?> end =
                context.executor().schedule(() -> abort(context.channel()), patience.toMillis(), TimeUnit.MILLISECONDS);
        // Also when it fails, as it does when the connection ends.
        sent.addListener(over -> end.cancel(false));
    }

    /**
     * Resets a stream of an HTTP/2 connection, also one that Vert.x takes for ended since all of its response has been
     * written, though not all has left; ends the connection abort when not even the reset leaves.
     *
     * @param errorCode RFC 9113 section 7
     */
    @SuppressWarnings("FutureReturnValueIgnored") // whether it leaves is looked at below
    public static void resetStream(HttpConnection connection, int stream, long errorCode) {
        if (connection instanceof ConnectionBase base
                && base.channelHandlerContext().handler() instanceof Http2ConnectionHandler handler) {
            ChannelHandlerContext context = base.channelHandlerContext();
            handler.encoder().writeRstStream(context, stream, errorCode, context.newPromise());
            abortUnlessSent(base, PATIENCE);
        }
    }

    /** Returns whether something that was written has not left yet. */
    public static boolean hasUnsent(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return false;
        }
        ChannelOutboundBuffer unsent =
                base.channelHandlerContext().channel().unsafe().outboundBuffer();
        return unsent != null && unsent.totalPendingWriteBytes() > 0;
    }

    /** Ends it whatever is still to be written: a client that does not read would never let a flush end. */
    public static void abort(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            abort(base.channelHandlerContext().channel());
        }
    }

    /**
     * In front of TLS, which would wait for its own farewell to leave; with what the kernel holds, or it would go on
     * for minutes.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
    private static void abort(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (!channel.isOpen() || first == null) {
            return;
        }
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException goneMeanwhile) {
            // There is nothing for the kernel to hold, then.
        }
        first.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that is gone already has ended, too
    private static void end(DuplexChannel channel) {
        channel.shutdownOutput();
    }
}

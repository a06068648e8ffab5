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
 * Ways to close a client or upstream connection that cannot continue: gracefully, after the pending writes, or by an
 * abort if these do not drain in time. Vert.x's own {@code close} and {@code reset} wait for pending writes, which
 * never drain while the peer does not read.
 *
 * <p>To be called on the connection's event loop. Closed connections are ignored.
 */
public final class ConnectionClose {

    /** The time for the peer to read the bytes pending before the close. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private ConnectionClose() {}

    /**
     * Closes the sending side after a response that leaves request bytes unread. No further request is read, and what
     * the client still sends is dropped: closing both directions with unread bytes would reset the connection and
     * discard the response (RFC 9112 section 9.6).
     *
     * <p>To be called after the response is written; the caller closes the connection later.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // its listener handles the result
    public static void afterResponse(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        Channel channel = base.channelHandlerContext().channel();
        StrictRequestDecoder decoder = channel.pipeline().get(StrictRequestDecoder.class);
        if (decoder != null) {
            decoder.discardRest();
        }
        // TLS announces the end inside the encrypted stream, on close.
        if (!connection.isSsl() && channel instanceof DuplexChannel duplex) {
            // Queued behind the response, so that a flush in progress is not cut off.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER, channel.newPromise().addListener(flushed -> end(duplex)));
        }
    }

    /** Closes the connection after its pending writes, or aborts it after {@link #PATIENCE}. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing remains to be done after the close
    public static void gracefully(HttpConnection connection) {
        connection.close();
        abortUnlessSent(connection, PATIENCE);
    }

    /** Closes a tunnel as {@link #gracefully(HttpConnection)} does. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing remains to be done after the close
    public static void gracefully(NetSocket socket) {
        socket.close();
        if (socket instanceof ConnectionBase base) {
            abortUnlessSent(base, PATIENCE);
        }
    }

    /**
     * Aborts the connection unless the bytes pending now, such as a stream's reset, drain in time. Later writes may
     * take longer.
     *
     * @param patience zero to abort if any bytes are pending
     */
    public static void abortUnlessSent(HttpConnection connection, Duration patience) {
        if (connection instanceof ConnectionBase base) {
            abortUnlessSent(base, patience);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise reports the result
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
        // Also on failure, as when the connection closes.
        sent.addListener(over -> end.cancel(false));
    }

    /**
     * Resets an HTTP/2 stream, including one that Vert.x considers ended because its response is written although not
     * yet sent. Aborts the connection if the reset cannot be sent either.
     *
     * @param errorCode RFC 9113 section 7
     */
    @SuppressWarnings("FutureReturnValueIgnored") // checked below
    public static void resetStream(HttpConnection connection, int stream, long errorCode) {
        if (connection instanceof ConnectionBase base
                && base.channelHandlerContext().handler() instanceof Http2ConnectionHandler handler) {
            ChannelHandlerContext context = base.channelHandlerContext();
            handler.encoder().writeRstStream(context, stream, errorCode, context.newPromise());
            abortUnlessSent(base, PATIENCE);
        }
    }

    /** Returns whether written bytes are still pending. */
    public static boolean hasUnsent(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return false;
        }
        ChannelOutboundBuffer unsent =
                base.channelHandlerContext().channel().unsafe().outboundBuffer();
        return unsent != null && unsent.totalPendingWriteBytes() > 0;
    }

    /**
     * Aborts the connection, discarding pending writes: with a client that does not read, a flush would never complete.
     */
    public static void abort(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            abort(base.channelHandlerContext().channel());
        }
    }

    /**
     * Closes ahead of TLS, which would wait to send its close_notify, and with a linger of 0, or the kernel would
     * retain the unsent bytes for minutes.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel notifies Vert.x
    public static void abort(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (!channel.isOpen() || first == null) {
            return;
        }
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException goneMeanwhile) {
            // A closed socket has nothing to linger for.
        }
        first.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // already closed is as good
    private static void end(DuplexChannel channel) {
        channel.shutdownOutput();
    }
}

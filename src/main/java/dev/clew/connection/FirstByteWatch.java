package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/** Reports the first byte at its place in the pipeline to the {@link ClientConnection}, then removes itself. */
public final class FirstByteWatch extends ChannelInboundHandlerAdapter {

    private final @Nullable ClientConnections beginIn;

    private FirstByteWatch(@Nullable ClientConnections beginIn) {
        this.beginIn = beginIn;
    }

    /** Creates the handler for the head of a new connection's pipeline. */
    static FirstByteWatch forNewConnection(ClientConnections all) {
        return new FirstByteWatch(all);
    }

    /** Creates the handler for the place after the PROXY protocol or TLS handlers. */
    public static FirstByteWatch afterPreamble() {
        return new FirstByteWatch(null);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (beginIn != null) {
            ClientConnection.begin(
                    context.channel(), beginIn.on(context.channel().eventLoop()));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeEnded(context.channel(), handshake);
        }
        context.fireUserEventTriggered(event);
    }

    private static void handshakeEnded(Channel channel, SslHandshakeCompletionEvent handshake) {
        ClientConnection connection = ClientConnection.of(channel);
        if (handshake.isSuccess()) {
            ClientConnection.awaitFirstByte(channel);
        } else if (connection != null) {
            connection.handshakeFailed(handshake.cause());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ClientConnection connection = ClientConnection.of(context.channel());
        if (connection != null) {
            connection.firstByteReceived();
        }
        context.fireChannelRead(message);
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }
}

package dev.clew.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/** Tells a {@link ClientConnection} of the first byte that comes where it stands, and then goes. */
public final class FirstByteWatch extends ChannelInboundHandlerAdapter {

    private final @Nullable ClientConnections beginIn;

    private FirstByteWatch(@Nullable ClientConnections beginIn) {
        this.beginIn = beginIn;
    }

    /** In front of everything, for a connection that has just been let in. */
    static FirstByteWatch atFront(ClientConnections all) {
        return new FirstByteWatch(all);
    }

    /** Right behind what is read in front of requests: the PROXY protocol, or TLS. */
    public static FirstByteWatch behind() {
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
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            ClientConnection.awaitFirstByte(context.channel());
        }
        context.fireUserEventTriggered(event);
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

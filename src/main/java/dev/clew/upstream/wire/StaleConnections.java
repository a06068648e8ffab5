package dev.clew.upstream.wire;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Looks at HTTP/1 connections that have served a request and are to serve another one; on one event loop. */
public final class StaleConnections {

    /** Whatever is read into it is lost, and nobody's: the connection ends with it. */
    private final ByteBuffer unwanted = ByteBuffer.allocateDirect(1);

    /**
     * Returns whether something waits to be read on a connection that is out of use: bytes that would begin the next
     * response, or the end. The event loop may not have seen yet what has come since it last looked.
     *
     * <p>With TLS on a native transport that cannot be told: there, what the event loop has seen has to do.
     */
    public boolean detect(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return false;
        }
        Channel channel = base.channelHandlerContext().channel();
        if (!channel.isActive()) {
            return true;
        }
        if (channel.unsafe() instanceof AbstractNioChannel.NioUnsafe nio) {
            nio.read();
            ResponseCodec codec = channel.pipeline().get(ResponseCodec.class);
            return !channel.isActive() || codec == null || !codec.decoder().isIdle();
        }
        return channel instanceof UnixChannel unix
                && channel.pipeline().get(SslHandler.class) == null
                && isReadable(unix);
    }

    private boolean isReadable(UnixChannel channel) {
        try {
            return channel.fd().read(unwanted, 0, 1) != 0;
        } catch (IOException broken) {
            return true;
        }
    }
}

package dev.clew.upstream.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Stale check of pooled HTTP/1 connections before reuse; confined to one event loop. */
public final class StaleConnections {

    /** Receives a surplus byte, which is lost; the connection closes with it. */
    private final ByteBuffer unwanted = ByteBuffer.allocateDirect(1);

    /**
     * Returns whether an idle connection has pending input: the peer's close, or bytes that would be taken for the next
     * response. Reads from the socket, because the event loop may not have seen what arrived since its last poll.
     *
     * <p>With TLS on a native transport that is not possible; there, the check relies on what the event loop has seen.
     */
    public boolean detect(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return false;
        }
        return detect(base.channelHandlerContext().channel());
    }

    /** As {@link #detect(HttpConnection)}, for a connection known by its channel. */
    public boolean detect(Channel channel) {
        if (!channel.isActive()) {
            return true;
        }
        if (channel.unsafe() instanceof AbstractNioChannel.NioUnsafe nio) {
            nio.read();
            return !channel.isActive() || !isIdle(channel.pipeline());
        }
        return channel instanceof UnixChannel unix
                && channel.pipeline().get(SslHandler.class) == null
                && isReadable(unix);
    }

    private static boolean isIdle(ChannelPipeline pipeline) {
        ResponseCodec codec = pipeline.get(ResponseCodec.class);
        ResponseDecoder decoder = codec == null ? pipeline.get(ResponseDecoder.class) : codec.decoder();
        return decoder != null && decoder.isIdle();
    }

    private boolean isReadable(UnixChannel channel) {
        try {
            return channel.fd().read(unwanted, 0, 1) != 0;
        } catch (IOException broken) {
            return true;
        }
    }
}

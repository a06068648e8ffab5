package dev.clew.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import java.util.concurrent.TimeUnit;

/**
 * The end in order of an HTTP/2 connection, in two steps (RFC 9113 section 6.8): the client is told to begin nothing
 * more here, and a second later that nothing more is taken. It closes when its streams have ended, and hard when they
 * take too long.
 */
final class Http2Drain {

    /** Longer than what a client has sent meanwhile is under way. */
    static final long SECOND_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final long began;
    private boolean announced;

    /** Takes the first step. */
    Http2Drain(Channel channel, long now) {
        this.channel = channel;
        this.began = now;
        goAway(Integer.MAX_VALUE);
    }

    /**
     * Goes on with it.
     *
     * @param idle no stream is open
     * @return true when the grace is over
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the close future tells
    boolean goOn(long now, boolean idle, long graceNanos) {
        if (!announced && now - began >= SECOND_STEP_NANOS) {
            announced = true;
            Http2ConnectionHandler codec = channel.pipeline().get(Http2ConnectionHandler.class);
            goAway(codec == null ? 0 : codec.connection().remote().lastStreamCreated());
        }
        if (announced && idle) {
            channel.close();
        }
        return now - began >= graceNanos;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that is gone needs no farewell
    private void goAway(int lastStream) {
        ChannelHandlerContext context = channel.pipeline().context(Http2ConnectionHandler.class);
        if (context != null && context.handler() instanceof Http2ConnectionHandler codec) {
            codec.goAway(context, lastStream, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
        }
    }
}

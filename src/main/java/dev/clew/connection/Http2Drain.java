package dev.clew.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import java.util.concurrent.TimeUnit;

/**
 * The graceful shutdown of an HTTP/2 connection in two steps (RFC 9113 section 6.8): a GOAWAY that announces it, and a
 * second later one with the last stream accepted. The connection closes when its streams have ended, or when the grace
 * period is over.
 */
final class Http2Drain {

    /** The time between the GOAWAY frames: longer than a round trip. */
    static final long SECOND_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final long startedAt;
    private boolean announced;

    /** Sends the first GOAWAY. */
    Http2Drain(Channel channel, long now) {
        this.channel = channel;
        this.startedAt = now;
        goAway(Integer.MAX_VALUE);
    }

    /**
     * Advances the drain; called periodically.
     *
     * @param idle whether no stream is open
     * @return whether the grace period is over
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the close future reports the end
    boolean advance(long now, boolean idle, long graceNanos) {
        if (!announced && now - startedAt >= SECOND_STEP_NANOS) {
            announced = true;
            Http2ConnectionHandler codec = channel.pipeline().get(Http2ConnectionHandler.class);
            goAway(codec == null ? 0 : codec.connection().remote().lastStreamCreated());
        }
        if (announced && idle) {
            channel.close();
        }
        return now - startedAt >= graceNanos;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a closed connection needs no GOAWAY
    private void goAway(int lastStream) {
        ChannelHandlerContext context = channel.pipeline().context(Http2ConnectionHandler.class);
        if (context != null && context.handler() instanceof Http2ConnectionHandler codec) {
            codec.goAway(context, lastStream, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
        }
    }
}

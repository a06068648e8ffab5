package dev.clew.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The wait for the response to a client that has ended its side of the connection. TCP does not tell one that still
 * reads from one that is gone: whoever is gone responses the next byte with a reset, and the write behind that fails.
 *
 * <p>So while there is no response, an HTTP/1.1 client gets 100 (Continue) now and then, which every client has to be
 * able to skip (RFC 9110 section 15.2). One whose response stands still is taken for gone after a while.
 */
final class HalfClosedConnection {

    /** Long enough for nearly all responses to come first. */
    static final long PERIOD_MILLIS = 1_500;

    private static final int MOST_QUIET_PERIODS = 4;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private @Nullable Future<?> timer;
    private boolean knowsInterim;
    private int quietPeriods;

    /**
     * The client has ended its side.
     *
     * @param context of the decoder, from where writes pass no encoder
     */
    void begin(ChannelHandlerContext context, ResponseWatch responses) {
        timer = context.executor()
                .scheduleWithFixedDelay(
                        () -> look(context, responses), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    boolean hasBegun() {
        return timer != null;
    }

    /**
     * A request's response is waited for.
     *
     * @param interim whether its version of HTTP knows interim responses
     */
    void awaits(boolean interim) {
        knowsInterim = interim;
        quietPeriods = 0;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
    private void look(ChannelHandlerContext context, ResponseWatch responses) {
        if (!responses.hasBegun()) {
            if (knowsInterim) {
                context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
            }
        } else if (responses.takeWrote()) {
            quietPeriods = 0;
        } else if (++quietPeriods >= MOST_QUIET_PERIODS) {
            context.close();
        }
    }

    /**
     * Nothing is waited for any more: the connection has ended, or goes on without HTTP, in which one side is not
     * enough.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
    void end(Channel channel) {
        if (timer != null) {
            timer.cancel(false);
            channel.close();
        }
    }
}

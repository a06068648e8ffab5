package dev.clew.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The wait for the response to a client that has closed its sending side. TCP cannot distinguish a client that still
 * reads from one that is gone, until the latter responds to the next bytes with a reset and the following write fails.
 *
 * <p>While there is no response, an HTTP/1.1 client therefore gets 100 (Continue) periodically, which every client must
 * be able to skip (RFC 9110 section 15.2). A client whose response makes no progress is considered gone after a while.
 */
final class HalfClosedConnection {

    /** The interval between probes: most responses arrive earlier. */
    static final long PERIOD_MILLIS = 1_500;

    private static final int MAX_QUIET_PERIODS = 4;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private @Nullable Future<?> timer;
    private boolean knowsInterim;
    private int quietPeriods;

    /**
     * Begins probing after the client has closed its sending side.
     *
     * @param context of the decoder, whose writes bypass the encoder
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
     * Records that a request awaits its response.
     *
     * @param interim whether the request's HTTP version has interim responses
     */
    void awaits(boolean interim) {
        knowsInterim = interim;
        quietPeriods = 0;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
    private void look(ChannelHandlerContext context, ResponseWatch responses) {
        if (!responses.hasBegun()) {
            if (knowsInterim) {
                context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
            }
        } else if (responses.takeWrote()) {
            quietPeriods = 0;
        } else if (++quietPeriods >= MAX_QUIET_PERIODS) {
            context.close();
        }
    }

    /**
     * Ends the wait and closes a half-closed connection: it has ended or become a tunnel, which needs both directions.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel notifies Vert.x
    void end(Channel channel) {
        if (timer != null) {
            timer.cancel(false);
            channel.close();
        }
    }
}

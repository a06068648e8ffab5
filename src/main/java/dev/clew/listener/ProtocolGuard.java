package dev.clew.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands in front until a connection has said which version of HTTP it speaks. What could still become HTTP/2's preface
 * is held back meanwhile, where no decoder sees it. A connection that speaks neither is closed: an invalid preface ends
 * the connection (RFC 9113 section 3.4), and to a client of HTTP/2 a response of HTTP/1 says nothing.
 */
final class ProtocolGuard extends ChannelInboundHandlerAdapter {

    private static final int LONGEST_LOOK = 256;
    private static final String PROXY = "PROXY ";

    private final HeadDeadline deadline;
    private boolean begun;

    ProtocolGuard(WireLimits limits) {
        this.deadline = new HeadDeadline(limits.head());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!begun && message instanceof ByteBuf bytes && isNeither(bytes)) {
            bytes.release();
            context.close();
            return;
        }
        begun = true;
        context.fireChannelRead(message);
        if (!context.isRemoved()) {
            deadline.begin(context.executor(), context::close);
        }
    }

    /**
     * A request line names its version with a slash, and so does HTTP/2's preface; a line of text without any is of
     * something else. What is no text, or the header of a balancer that is not listed, gets the response to a malformed
     * request.
     */
    private static boolean isNeither(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.indexOf(from, Math.min(bytes.writerIndex(), from + LONGEST_LOOK), (byte) '\n');
        // An empty line may stand in front of a request (RFC 9112 section 2.2).
        return end > from + 1 && isTextWithoutSlash(bytes, from, end) && !isProxyHeader(bytes, from, end);
    }

    private static boolean isTextWithoutSlash(ByteBuf bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte character = bytes.getByte(at);
            if (character == '/' || (character < ' ' && character != '\r')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isProxyHeader(ByteBuf bytes, int from, int end) {
        return end - from > PROXY.length()
                && bytes.toString(from, PROXY.length(), US_ASCII).equals(PROXY);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.end();
    }
}

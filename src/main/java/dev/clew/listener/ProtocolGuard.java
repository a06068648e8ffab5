package dev.clew.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Guards a cleartext connection until its HTTP version is known. Bytes that may still become the HTTP/2 preface are
 * held back from the decoders. A connection that speaks neither version is closed: an invalid preface ends the
 * connection (RFC 9113 section 3.4), and an HTTP/1 response means nothing to an HTTP/2 client.
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
    @SuppressWarnings("FutureReturnValueIgnored") // the channel notifies Vert.x
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
     * Detects a text line without a slash: request lines contain one in their version, and so does the HTTP/2 preface.
     * Binary data, and a PROXY header from an unlisted load balancer, get the response to a malformed request.
     */
    private static boolean isNeither(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.indexOf(from, Math.min(bytes.writerIndex(), from + LONGEST_LOOK), (byte) '\n');
        // Empty lines may precede a request line (RFC 9112 section 2.2).
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

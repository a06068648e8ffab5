package dev.clew.listener;

import dev.clew.connection.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's HTTP/1 request decoder, less forgiving.
 *
 * <p>Netty repairs two things a proxy must not repair, because the next server may read them otherwise: a message with both
 * {@code Content-Length} and {@code Transfer-Encoding} (RFC 9112 section 6.1) and a folded header line (section 5.2). Those,
 * and everything Netty cannot decode, become a {@link MalformedRequest}; whatever follows on that connection is discarded.
 *
 * <p>It also reads one request at a time. A pipelined one (RFC 9112 section 9.3.2) stays unread until its predecessor is answered:
 * Vert.x would keep an unbounded line of them, and would begin one even if the answer before it ends the connection.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final byte LF = '\n';
    private static final int SWITCHING_PROTOCOLS = 101;

    private @Nullable ByteBuf input;
    private boolean inHead;
    private @Nullable String repaired;
    private boolean refused;
    private boolean betweenRequests = true;
    private boolean unanswered;
    private boolean heldBack;
    private boolean lastAnswered;
    private final HeadDeadline deadline;
    private final @Nullable ClientConnection connection;
    private @Nullable HttpMessage head;

    /** @param connection which it tells of requests, if it is one of those that are counted */
    StrictRequestDecoder(WireLimits limits, @Nullable ClientConnection connection) {
        super(limits.decoder());
        deadline = new HeadDeadline(limits.head());
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused || (betweenRequests && lastAnswered)) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (betweenRequests && unanswered) {
            heldBack = true;
            context.channel().config().setAutoRead(false);
            return;
        }
        input = in;
        if (inHead) {
            findFoldedLine(in);
        }
        int before = out.size();
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            Object message = out.get(i);
            if (message instanceof HttpRequest request) {
                headEnded();
                judge(request, i, out);
            } else if (message instanceof LastHttpContent) {
                betweenRequests = true;
            }
        }
    }

    private void headEnded() {
        inHead = false;
        betweenRequests = false;
        unanswered = true;
        head = null;
        deadline.end();
        ClientConnection.began(connection);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        boolean awaitsHead = betweenRequests && !unanswered && !lastAnswered && !refused;
        // Empty lines in front of a head are dropped as they come, and begin none.
        if (awaitsHead && (inHead || actualReadableBytes() > 0)) {
            deadline.begin(context, () -> refuseLateHead(context));
        }
    }

    /** Answered like any other request, with what is known of it, and nothing behind it is read. */
    private void refuseLateHead(ChannelHandlerContext context) {
        HttpRequest late = head instanceof HttpRequest begun ? begun : MalformedRequest.nothing();
        headEnded();
        refused = true;
        context.fireChannelRead(MalformedRequest.mark(late, MalformedRequest.LATE_HEAD));
        context.fireChannelReadComplete();
    }

    /** The request read last has its answer: on with the next, once whoever wrote the answer is done with it. */
    private void answered(ChannelHandlerContext context) {
        unanswered = false;
        ClientConnection.ended(connection);
        if (heldBack) {
            heldBack = false;
            context.executor().execute(() -> readOn(context));
        }
    }

    private void readOn(ChannelHandlerContext context) {
        if (context.isRemoved()) {
            return;
        }
        context.channel().config().setAutoRead(true);
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** Sees answers go out; to stand right behind the encoder. */
    ChannelHandler answerWatch(ChannelHandlerContext decoder) {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // the promise is the writer's
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                // The answer says that it is the last one (RFC 9112 section 9.6).
                if (message instanceof HttpResponse head
                        && head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
                    lastAnswered = true;
                }
                context.write(message, promise);
                if (message instanceof LastHttpContent && !isInterim(message)) {
                    answered(decoder);
                }
            }
        };
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
    }

    /** Whatever still comes on this connection is dropped unread. */
    void refuseRest() {
        refused = true;
    }

    /** What stands behind the request that is being answered. */
    Buffer takeHeldBack() {
        ByteBuf rest = internalBuffer();
        byte[] taken = new byte[rest.readableBytes()];
        rest.readBytes(taken);
        return Buffer.buffer(taken);
    }

    /** The connection goes on without HTTP, and is read by others. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        if (heldBack) {
            heldBack = false;
            context.channel().config().setAutoRead(true);
        }
        deadline.end();
        ClientConnection.left(connection);
        super.handlerRemoved0(context);
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        HttpMessage message = super.createMessage(initialLine);
        head = message;
        inHead = true;
        if (input != null) {
            findFoldedLine(input);
        }
        return message;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        repaired = MalformedRequest.AMBIGUOUS_LENGTH;
        super.handleTransferEncodingChunkedWithContentLength(message);
    }

    private void judge(HttpRequest request, int index, List<Object> out) {
        String reason = request.decoderResult().isSuccess()
                ? repaired != null ? repaired : HeadRules.fault(request)
                : MalformedRequest.reasonOf(request.decoderResult().cause());
        if (reason == null) {
            ignoreH2cUpgrade(request);
            return;
        }
        refused = true;
        HttpRequest marked = MalformedRequest.mark(request, reason);
        while (out.size() > index) {
            ReferenceCountUtil.release(out.remove(out.size() - 1));
        }
        // No end of the message is announced: there is none to be told from what follows, and the connection ends
        // instead.
        out.add(marked);
    }

    /**
     * RFC 9113 dropped the upgrade to h2c, and RFC 9110 section 7.8 lets a server ignore any upgrade: ignored here, for an
     * upgraded connection would bypass these rules.
     */
    private static void ignoreH2cUpgrade(HttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** The reader index is always at the start of a line here, since Netty consumes whole lines only. */
    private void findFoldedLine(ByteBuf in) {
        int line = in.readerIndex();
        int end = in.writerIndex();
        while (line < end) {
            byte first = in.getByte(line);
            if (first == ' ' || first == '\t') {
                repaired = MalformedRequest.FOLDED_LINE;
                return;
            }
            int lineFeed = in.indexOf(line, end, LF);
            boolean headEnds = lineFeed < 0 || lineFeed == line || (lineFeed == line + 1 && first == '\r');
            if (headEnds) {
                return;
            }
            line = lineFeed + 1;
        }
    }
}

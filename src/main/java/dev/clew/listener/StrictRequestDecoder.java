package dev.clew.listener;

import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import dev.clew.connection.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's HTTP/1 request decoder, less forgiving.
 *
 * <p>A head stays bytes until it has come whole, is within its bounds and follows the grammar ({@link HeadScanner}); then
 * it is Netty's to decode, and {@link HeadRules}' to judge. What is refused becomes a {@link MalformedRequest};
 * whatever follows on that connection is discarded. Chunks are read by {@link ChunkedBody}.
 *
 * <p>It also reads one request at a time. A pipelined one (RFC 9112 section 9.3.2) stays unread until its predecessor
 * is answered: Vert.x would keep an unbounded line of them, and would begin one even if the answer before it ends the
 * connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private final PartialHead head;
    private final ChunkedBody chunks;
    private final HeadDeadline deadline;
    private final UnsolicitedBytes unasked = new UnsolicitedBytes();
    private final @Nullable ClientConnection connection;
    /** A head that is not whole, trailers, and what is pipelined behind a request that has no response. */
    private final Holding held = new Holding(Ledger.ofProcess().connections());

    private final HalfClosedConnection halfClosed = new HalfClosedConnection();
    final BodyFault bodyFault = new BodyFault();
    final ResponseWatch responses;
    private boolean refused;
    private boolean betweenRequests = true;
    private boolean unanswered;
    private boolean heldBack;
    private boolean last;

    /** @param connection which it tells of requests, if it is one of those that are counted */
    StrictRequestDecoder(WireLimits limits, @Nullable ClientConnection connection) {
        super(limits.decoder());
        HeadScanner scan = new HeadScanner(limits);
        head = new PartialHead(scan);
        chunks = new ChunkedBody(limits, scan);
        deadline = new HeadDeadline(limits.head());
        this.connection = connection;
        responses = new ResponseWatch(this, connection);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object input) throws Exception {
        if (input instanceof ByteBuf in && unasked.exceedsLimit(context.channel(), in)) {
            refused = true;
            context.close();
        }
        super.channelRead(context, input);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused || (betweenRequests && last)) {
            in.skipBytes(in.readableBytes());
        } else if (betweenRequests && unanswered) {
            heldBack = true;
            context.channel().config().setAutoRead(false);
        } else if (betweenRequests) {
            decodeHead(context, in, out);
        } else if (chunks.isEnded()) {
            super.decode(context, in, out);
            betweenRequests = !out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent;
        } else {
            decodeChunks(context, in, out);
        }
    }

    private void decodeHead(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        ByteBuf whole = head.take(in);
        String fault = head.fault();
        if (whole != null) {
            super.decode(context, whole, out);
            headEnded();
            judge(out);
        } else if (fault != null) {
            out.add(refuseUnfinished(context, fault));
        }
    }

    /** Decodes what has come of a head that will not be whole: it may tell of the trace, and of the host. */
    private HttpRequest refuseUnfinished(ChannelHandlerContext context, String reason) throws Exception {
        List<Object> decoded = new ArrayList<>(2);
        super.decode(context, head.wholeLines(), decoded);
        headEnded();
        return refuse(decoded, reason);
    }

    private void headEnded() {
        head.end();
        betweenRequests = false;
        unanswered = true;
        deadline.end();
        ClientConnection.began(connection);
    }

    private HttpRequest refuse(List<Object> known, String reason) {
        refused = true;
        halfClosed.awaits(false);
        return MalformedRequest.mark(known, reason);
    }

    /** A refused message gets no end: none can be told from what follows, and the connection ends instead. */
    private void judge(List<Object> out) {
        HttpRequest request = (HttpRequest) out.get(0);
        String reason = HeadRules.fault(request);
        if (reason != null) {
            HttpRequest marked = refuse(out, reason);
            out.clear();
            out.add(marked);
            return;
        }
        last = ConnectionFields.prepare(request);
        betweenRequests = out.size() > 1;
        bodyFault.clear();
        if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            chunks.begin();
        }
        halfClosed.awaits(request.protocolVersion().equals(HttpVersion.HTTP_1_1));
    }

    private void decodeChunks(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        String fault = chunks.read(in, out);
        if (fault != null) {
            refused = true;
            in.skipBytes(in.readableBytes());
            bodyFault.report(fault, context);
            // If nobody waits for the body, nobody ends the connection.
            deadline.begin(context.executor(), context::close);
        } else if (chunks.isEnded()) {
            betweenRequests = true;
            reset();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        boolean isWithinBudget = held.set(internalBuffer().capacity() + head.held());
        // Empty lines in front of a head are dropped as they come, and begin none.
        boolean hasBegun = head.isUnfinished() || actualReadableBytes() > 0;
        boolean awaitsRest = hasBegun && betweenRequests && !unanswered && !last && !refused;
        if (awaitsRest && isWithinBudget) {
            deadline.begin(context.executor(), () -> refuseLateHead(context));
        } else if (awaitsRest) {
            refuseLateHead(context);
        }
    }

    /** Answered like any other request, with what is known of it, and nothing behind it is read. */
    private void refuseLateHead(ChannelHandlerContext context) {
        try {
            context.fireChannelRead(refuseUnfinished(context, MalformedRequest.LATE_HEAD));
            context.fireChannelReadComplete();
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** The request read last has its answer: on with the next, once whoever wrote the answer is done with it. */
    void responseWritten(ChannelHandlerContext context) {
        unanswered = false;
        if (heldBack || halfClosed.hasBegun()) {
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
        endIfDone(context);
    }

    /** A client that has ended its side gets the responses to what it had sent before that. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            halfClosed.begin(context, responses);
            endIfDone(context);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    /** A body that has not come whole never will. */
    private void endIfDone(ChannelHandlerContext context) {
        if (halfClosed.hasBegun() && !(unanswered && (betweenRequests || refused))) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The answer says that it is the connection's last. */
    void readNoMore() {
        last = true;
    }

    /** Whatever still comes on this connection is dropped unread. */
    void refuseRest() {
        refused = true;
    }

    /** Returns what stands behind the request that is being responseWritten. */
    ByteBuf heldBack() {
        return internalBuffer();
    }

    /** The connection has ended, or goes on without HTTP and is read by others, to whom an end is one of both sides. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        if (heldBack) {
            heldBack = false;
            context.channel().config().setAutoRead(true);
        }
        deadline.end();
        ClientConnection.left(connection);
        held.release();
        halfClosed.end(context.channel());
        super.handlerRemoved0(context);
    }
}

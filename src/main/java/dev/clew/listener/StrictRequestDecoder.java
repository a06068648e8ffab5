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
 * A strict variant of Vert.x's HTTP/1 request decoder.
 *
 * <p>A head remains bytes until it is complete, within its limits and grammatical ({@link HeadScanner}); then Netty
 * decodes it and {@link HeadRules} checks it. A rejected head becomes a {@link MalformedRequest}, and the rest of the
 * connection's input is discarded. {@link ChunkedBody} decodes chunks.
 *
 * <p>Requests are read one at a time. A pipelined request (RFC 9112 section 9.3.2) stays unread until the response to
 * its predecessor: Vert.x would queue them without limit, and start one even if the response before it closes the
 * connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the channel notifies Vert.x
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private final PartialHead head;
    private final ChunkedBody chunks;
    private final HeadDeadline deadline;
    private final UnsolicitedBytes unasked = new UnsolicitedBytes();
    private final @Nullable ClientConnection connection;
    /** The memory of an incomplete head, trailers, and requests pipelined behind one without a response. */
    private final Holding held = new Holding(Ledger.ofProcess().connections());

    private final HalfClosedConnection halfClosed = new HalfClosedConnection();
    final BodyFault bodyFault = new BodyFault();
    final ResponseWatch responses;
    private boolean rejected;
    private boolean betweenRequests = true;
    private boolean awaitsResponse;
    private boolean paused;
    private boolean last;

    /** @param connection counts requests; null for a connection that is not counted */
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
            rejected = true;
            context.close();
        }
        super.channelRead(context, input);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (rejected || (betweenRequests && last)) {
            in.skipBytes(in.readableBytes());
        } else if (betweenRequests && awaitsResponse) {
            paused = true;
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
            out.add(rejectUnfinished(context, fault));
        }
    }

    /** Decodes the lines read of an incomplete head, which may have the trace context and the host. */
    private HttpRequest rejectUnfinished(ChannelHandlerContext context, String reason) throws Exception {
        List<Object> decoded = new ArrayList<>(2);
        super.decode(context, head.wholeLines(), decoded);
        headEnded();
        return reject(decoded, reason);
    }

    private void headEnded() {
        head.end();
        betweenRequests = false;
        awaitsResponse = true;
        deadline.end();
        ClientConnection.began(connection);
    }

    private HttpRequest reject(List<Object> known, String reason) {
        rejected = true;
        halfClosed.awaits(false);
        return MalformedRequest.mark(known, reason);
    }

    /** Marks a rejected request and drops its end: its body cannot be delimited, and the connection closes. */
    private void judge(List<Object> out) {
        HttpRequest request = (HttpRequest) out.get(0);
        String reason = HeadRules.fault(request);
        if (reason != null) {
            HttpRequest marked = reject(out, reason);
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
            rejected = true;
            in.skipBytes(in.readableBytes());
            bodyFault.report(fault, context);
            // Closes the connection even if no reader of the body does.
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
        // Empty lines in front of a head are skipped, and begin none.
        boolean hasBegun = head.isUnfinished() || actualReadableBytes() > 0;
        boolean awaitsRest = hasBegun && betweenRequests && !awaitsResponse && !last && !rejected;
        if (awaitsRest && isWithinBudget) {
            deadline.begin(context.executor(), () -> rejectLateHead(context));
        } else if (awaitsRest) {
            rejectLateHead(context);
        }
    }

    /** Passes on a rejected request made of the part read, and stops reading. */
    private void rejectLateHead(ChannelHandlerContext context) {
        try {
            context.fireChannelRead(rejectUnfinished(context, MalformedRequest.LATE_HEAD));
            context.fireChannelReadComplete();
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** Continues with the next request, in a later task, after the writer of the response has finished. */
    void responseWritten(ChannelHandlerContext context) {
        awaitsResponse = false;
        if (paused || halfClosed.hasBegun()) {
            paused = false;
            context.executor().execute(() -> resume(context));
        }
    }

    private void resume(ChannelHandlerContext context) {
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

    /** Keeps a half-closed connection open for the responses to the requests sent before. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            halfClosed.begin(context, responses);
            endIfDone(context);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    /** Closes a half-closed connection unless a complete request awaits its response. */
    private void endIfDone(ChannelHandlerContext context) {
        if (halfClosed.hasBegun() && !(awaitsResponse && (betweenRequests || rejected))) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Stops reading requests: the response announces the connection's close. */
    void stopReading() {
        last = true;
    }

    /** Discards all further input. */
    void discardRest() {
        rejected = true;
    }

    /** Returns the bytes behind the current request. */
    ByteBuf pipelined() {
        return internalBuffer();
    }

    /** Releases the state when the connection closes or becomes a tunnel, which does not support half-closure. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        if (paused) {
            paused = false;
            context.channel().config().setAutoRead(true);
        }
        deadline.end();
        ClientConnection.becameTunnel(connection);
        held.release();
        halfClosed.end(context.channel());
        super.handlerRemoved0(context);
    }
}

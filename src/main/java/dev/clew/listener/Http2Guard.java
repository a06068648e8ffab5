package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongSupplier;

/**
 * Limits the frames of an HTTP/2 connection before they are decoded, and closes a connection that causes work without
 * making requests: a head in countless small pieces (CVE-2024-27316, CVE-2026-33871: empty ones count toward no size),
 * a head that never ends, or endless SETTINGS, PRIORITY and unknown frames (CVE-2019-9515, CVE-2019-9513).
 *
 * <p>Netty detects floods of RST_STREAM, unread PING and empty DATA frames. PING frames are not counted here, as some
 * clients send one for each frame they read.
 */
final class Http2Guard extends ChannelInboundHandlerAdapter {

    /** The limit on CONTINUATION frames per head; the largest head allowed fits into three full ones. */
    static final int MAX_CONTINUATIONS = 16;

    /**
     * The limit on requests before the client acknowledges the settings. Netty enforces the concurrent-stream limit
     * only from then on, and so never for a client that sends no acknowledgement.
     */
    static final int MAX_UNACKNOWLEDGED = 100;

    /** The limit on frames without a request's content, in ten seconds. */
    static final int MAX_IDLE_FRAMES = 1_000;

    private static final int PREFACE_LENGTH = 24;
    private static final int END_HEADERS = 0x4;
    private static final int ACK = 0x1;

    private final HeadDeadline deadline;
    private final FloodCounter idleFrames;
    /** The remaining bytes of the current frame's payload, initially of the preface. */
    private int payloadLeft = PREFACE_LENGTH;

    private int type = Http2FrameTypes.SETTINGS;
    private final ByteBuf header = Unpooled.buffer(Http2CodecUtil.FRAME_HEADER_LENGTH);
    private boolean inHead;
    private int continuations;
    private int latestStream;
    private boolean acknowledged;
    private int requests;
    private boolean ended;

    /** @param nanoTime a clock with the semantics of {@link System#nanoTime} */
    Http2Guard(WireLimits limits, LongSupplier nanoTime) {
        this.deadline = new HeadDeadline(limits.head());
        this.idleFrames = new FloodCounter(MAX_IDLE_FRAMES, nanoTime);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended || (message instanceof ByteBuf in && !readFrames(in))) {
            ReferenceCountUtil.release(message);
            end(context);
            return;
        }
        context.fireChannelRead(message);
        if (isUnfinished()) {
            deadline.begin(context.executor(), () -> end(context));
        } else {
            deadline.end();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.end();
    }

    /** Returns whether a frame other than DATA, or a head, is incomplete; the upstream's idle timeout covers bodies. */
    private boolean isUnfinished() {
        return inHead || header.isReadable() || (payloadLeft > 0 && type != Http2FrameTypes.DATA);
    }

    /** Tracks the frames in a buffer without consuming it. Returns false if the connection must close. */
    private boolean readFrames(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end) {
            if (payloadLeft > 0) {
                int read = Math.min(payloadLeft, end - at);
                payloadLeft -= read;
                at += read;
            } else {
                int read = Math.min(header.writableBytes(), end - at);
                header.writeBytes(in, at, read);
                at += read;
                if (!header.isWritable() && !beginFrame()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads a frame header (RFC 9113 section 4.1). Returns false if the connection must close. */
    private boolean beginFrame() {
        if (!inHead) {
            // The frame before was completed.
            deadline.end();
        }
        payloadLeft = header.readUnsignedMedium();
        type = header.readUnsignedByte();
        int flags = header.readUnsignedByte();
        boolean endsHead = (flags & END_HEADERS) != 0;
        int on = header.readInt() & Integer.MAX_VALUE;
        header.clear();
        return switch (type) {
            case Http2FrameTypes.HEADERS -> {
                latestStream = Math.max(latestStream, on);
                inHead = !endsHead;
                continuations = 0;
                yield acknowledged || ++requests <= MAX_UNACKNOWLEDGED;
            }
            case Http2FrameTypes.CONTINUATION -> {
                inHead = !endsHead;
                yield ++continuations <= MAX_CONTINUATIONS;
            }
            case Http2FrameTypes.DATA,
                    Http2FrameTypes.RST_STREAM,
                    Http2FrameTypes.PING,
                    Http2FrameTypes.WINDOW_UPDATE -> true;
            default -> {
                acknowledged |= type == Http2FrameTypes.SETTINGS && (flags & ACK) != 0;
                yield idleFrames.allowsOneMore();
            }
        };
    }

    /**
     * Sends GOAWAY and closes, bypassing the codec, which may await the rest of a head, and without waiting for a
     * client that does not read.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel notifies Vert.x
    private void end(ChannelHandlerContext context) {
        if (!ended) {
            ended = true;
            ByteBuf goAway = context.alloc().buffer(Http2CodecUtil.GO_AWAY_FRAME_HEADER_LENGTH);
            Http2CodecUtil.writeFrameHeader(
                    goAway,
                    2 * Integer.BYTES,
                    Http2FrameTypes.GO_AWAY,
                    new Http2Flags(),
                    Http2CodecUtil.CONNECTION_STREAM_ID);
            goAway.writeInt(latestStream);
            goAway.writeInt((int) Http2Error.ENHANCE_YOUR_CALM.code());
            context.writeAndFlush(goAway);
            context.close();
        }
    }
}

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
 * Looks at the frames of an HTTP/2 connection before they are decoded, and ends one that makes work without asking for anything:
 * with a head in countless small pieces (CVE-2024-27316, CVE-2026-33871: empty ones count against no size), with a head that
 * never ends, or with settings, priorities and unknown frames without end (CVE-2019-9515, CVE-2019-9513).
 *
 * <p>Floods of resets, of PINGs that are not read, and of empty DATA frames are Netty's to see. PINGs are not counted: some
 * clients send one with each frame they read.
 */
final class Http2Guard extends ChannelInboundHandlerAdapter {

    /** CONTINUATION frames of one head. The largest head allowed fits into three, when they are full. */
    static final int MOST_CONTINUATIONS = 16;

    /**
     * Requests of a client that has not acknowledged the settings yet. Netty holds it to the streams it may have open from then on
     * only, and so to none at all if it never does.
     */
    static final int MOST_UNACKNOWLEDGED = 100;

    /** Frames that ask for nothing, in ten seconds. */
    static final int MOST_IDLE_FRAMES = 1_000;

    private static final int PREFACE_LENGTH = 24;
    private static final int END_HEADERS = 0x4;
    private static final int ACK = 0x1;

    private final HeadDeadline deadline;
    private final FloodCounter idleFrames;
    /** What is still to come of the frame whose header was read last; of the preface in the beginning. */
    private int payloadLeft = PREFACE_LENGTH;

    private int type = Http2FrameTypes.SETTINGS;
    private final ByteBuf header = Unpooled.buffer(Http2CodecUtil.FRAME_HEADER_LENGTH);
    private boolean inHead;
    private int continuations;
    private int latestStream;
    private boolean acknowledged;
    private int requests;
    private boolean ended;

    /** @param nanoTime as {@link System#nanoTime} */
    Http2Guard(WireLimits limits, LongSupplier nanoTime) {
        this.deadline = new HeadDeadline(limits.head());
        this.idleFrames = new FloodCounter(MOST_IDLE_FRAMES, nanoTime);
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

    /** The rest of a body may take its time: the upstream's idle timeout looks at it. */
    private boolean isUnfinished() {
        return inHead || header.isReadable() || (payloadLeft > 0 && type != Http2FrameTypes.DATA);
    }

    /** Leaves the buffer as it was. False when the connection is to end. */
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

    /** RFC 9113 section 4.1. */
    private boolean beginFrame() {
        if (!inHead) {
            // All that was unfinished has been finished since.
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
                yield acknowledged || ++requests <= MOST_UNACKNOWLEDGED;
            }
            case Http2FrameTypes.CONTINUATION -> {
                inHead = !endsHead;
                yield ++continuations <= MOST_CONTINUATIONS;
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

    /** Past the codec, which may wait for the rest of a head. Not waiting for a client that does not read. */
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
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

package dev.clew.listener;

import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the heads from an HTTP/2 connection's frames for {@link Http2Requests}, and drops frames for discarded
 * streams. Other frames pass on to the codec unchanged.
 */
final class Http2FrameSplitter extends ChannelInboundHandlerAdapter {

    private static final int PREFACE_LENGTH = 24;

    /** The treatment of the current frame. */
    private enum Part {
        PASSED_ON,
        OF_HEAD,
        DROPPED,
        /** As {@link #DROPPED}, but counted against the connection's flow-control window. */
        DROPPED_DATA,
        /** A frame inside a field block. */
        MISPLACED
    }

    private final int mostFields;
    private final LongSupplier nanoTime;
    private final ByteBuf header = Unpooled.buffer(Http2CodecUtil.FRAME_HEADER_LENGTH);
    private int payloadLeft = PREFACE_LENGTH;
    private byte type = Http2FrameTypes.SETTINGS;
    private short flags;
    private int stream;
    private Part part = Part.PASSED_ON;
    private @Nullable Http2Requests requests;
    private @Nullable FieldBlock block;
    /** The memory of an incomplete block. */
    private final Holding held = new Holding(Ledger.ofProcess().connections());

    /**
     * @param mostFields the limit on fields in a head; from 1
     * @param nanoTime a clock with the semantics of {@link System#nanoTime}
     */
    Http2FrameSplitter(int mostFields, LongSupplier nanoTime) {
        this.mostFields = mostFields;
        this.nanoTime = nanoTime;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf in) {
            try {
                split(context, in);
            } finally {
                in.release();
            }
            if (!held.set(block == null ? 0 : block.bytes().capacity())) {
                requests(context)
                        .fail(Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "memory limit exceeded"));
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        held.release();
    }

    private void split(ChannelHandlerContext context, ByteBuf in) {
        int passFrom = in.readerIndex();
        while (in.isReadable()) {
            if (payloadLeft == 0) {
                int frame = in.readerIndex();
                boolean isSplit = header.isReadable();
                in.readBytes(header, Math.min(header.writableBytes(), in.readableBytes()));
                if (header.isWritable()) {
                    pass(context, in, passFrom, frame);
                    return;
                }
                readHeader();
                if (isSplit && part == Part.PASSED_ON) {
                    context.fireChannelRead(header.copy());
                    passFrom = in.readerIndex();
                } else if (part != Part.PASSED_ON) {
                    pass(context, in, passFrom, frame);
                    begin(context);
                }
                header.clear();
            }
            int length = Math.min(payloadLeft, in.readableBytes());
            payloadLeft -= length;
            if (part == Part.PASSED_ON) {
                in.skipBytes(length);
            } else {
                take(in.readSlice(length));
                passFrom = in.readerIndex();
            }
        }
        pass(context, in, passFrom, in.readerIndex());
    }

    private static void pass(ChannelHandlerContext context, ByteBuf in, int from, int to) {
        if (from < to) {
            context.fireChannelRead(in.retainedSlice(from, to - from));
        }
    }

    /** Reads a frame header (RFC 9113 section 4.1). */
    private void readHeader() {
        int at = header.readerIndex();
        payloadLeft = header.getUnsignedMedium(at);
        type = header.getByte(at + 3);
        flags = header.getUnsignedByte(at + 4);
        stream = header.getInt(at + 5) & Integer.MAX_VALUE;
        part = part();
    }

    private Part part() {
        if (requests != null && requests.hasFailed()) {
            return Part.DROPPED;
        }
        FieldBlock begun = block;
        if (begun != null && (type != Http2FrameTypes.CONTINUATION || stream != begun.stream())) {
            return Part.MISPLACED;
        }
        // The codec reports frames that are out of bounds.
        boolean isHead = payloadLeft <= Http2CodecUtil.MAX_FRAME_SIZE_LOWER_BOUND && stream > 0;
        return switch (type) {
            case Http2FrameTypes.HEADERS -> isHead ? Part.OF_HEAD : Part.PASSED_ON;
            case Http2FrameTypes.CONTINUATION -> isHead && begun != null ? Part.OF_HEAD : Part.PASSED_ON;
            case Http2FrameTypes.DATA -> isDiscarded() ? Part.DROPPED_DATA : Part.PASSED_ON;
            case Http2FrameTypes.RST_STREAM, Http2FrameTypes.WINDOW_UPDATE ->
                isDiscarded() ? Part.DROPPED : Part.PASSED_ON;
            default -> Part.PASSED_ON;
        };
    }

    private boolean isDiscarded() {
        return requests != null && requests.isDiscarded(stream);
    }

    /** Begins a frame; the codec has everything before it. */
    private void begin(ChannelHandlerContext context) {
        if (part == Part.MISPLACED) {
            requests(context).fail(Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "frame inside of a head"));
        } else if (part == Part.OF_HEAD && block != null) {
            block.continueWith(flags);
        } else if (part == Part.OF_HEAD) {
            block = new FieldBlock(stream, flags, requests(context).maxBlockBytes());
        }
    }

    private Http2Requests requests(ChannelHandlerContext context) {
        if (requests == null) {
            requests = new Http2Requests(context, mostFields, nanoTime);
        }
        return requests;
    }

    private void take(ByteBuf piece) {
        Http2Requests to = requests;
        if (to == null) {
            return;
        }
        if (part == Part.DROPPED_DATA) {
            to.drop(piece);
        } else if (part == Part.OF_HEAD && block != null) {
            takeHead(to, block, piece);
        }
    }

    private void takeHead(Http2Requests to, FieldBlock head, ByteBuf piece) {
        try {
            head.add(piece, payloadLeft == 0);
            if (payloadLeft == 0) {
                head.endFrame();
                if (head.isLast()) {
                    block = null;
                    to.received(head);
                }
            }
        } catch (Http2Exception e) {
            to.fail(e);
        }
    }
}

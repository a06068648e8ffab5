package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes heads decoded ahead of Netty's codec to Vert.x behind it. The codec receives a nearly empty HEADERS frame,
 * which opens the stream; the decoded head replaces its content when the codec notifies Vert.x.
 */
final class HeadHandover extends Http2FrameListenerDecorator {

    private static final int MAX_DIGITS = 20;
    /**
     * A literal {@code content-length} field, by its index in the static table and not to be indexed (RFC 7541 section
     * 6.2.2 and appendix A).
     */
    private static final int LENGTH_FIELD = 0x0f0d;
    /**
     * A dynamic table size update to 0 (RFC 7541 section 6.3), which the codec requires after settings that reduce the
     * table.
     */
    private static final int NO_TABLE = 0x20;

    private final ChannelHandlerContext before;
    private final Http2ConnectionHandler codec;
    private @Nullable Http2Headers head;
    private Consumer<Http2Stream> whenTaken = stream -> {};

    /** @param before the context of the handler in front of the codec, which has read the client's settings */
    HeadHandover(ChannelHandlerContext before, Http2ConnectionHandler codec) {
        super(codec.decoder().frameListener());
        this.before = before;
        this.codec = codec;
        codec.decoder().frameListener(this);
    }

    /**
     * Passes a head or trailers on.
     *
     * @param fields null for trailers, which are dropped
     * @param length the value of Content-Length, which the codec compares with the body (RFC 9113 section 8.1.1); null
     *     without one
     * @param taken called with the stream before Vert.x is, unless the codec rejects it
     */
    void give(
            FieldBlock block,
            @Nullable Http2Headers fields,
            @Nullable CharSequence length,
            Consumer<Http2Stream> taken) {
        int payload = length == null ? 0 : 1 + Short.BYTES + 1 + length.length();
        ByteBuf frame = before.alloc().buffer(Http2CodecUtil.FRAME_HEADER_LENGTH + 1 + Short.BYTES + 1 + MAX_DIGITS);
        Http2Flags flags = new Http2Flags().endOfHeaders(true).endOfStream(block.endsStream());
        Http2CodecUtil.writeFrameHeader(frame, payload, Http2FrameTypes.HEADERS, flags, block.stream());
        if (length != null) {
            frame.writeByte(NO_TABLE).writeShort(LENGTH_FIELD).writeByte(length.length());
            for (int i = 0; i < length.length(); i++) {
                frame.writeByte(length.charAt(i));
            }
        }
        head = fields;
        whenTaken = taken;
        before.fireChannelRead(frame);
        head = null;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean endsStream)
            throws Http2Exception {
        Http2Headers decoded = head;
        if (decoded == null) {
            listener.onHeadersRead(context, stream, headers, padding, endsStream);
        } else {
            head = null;
            whenTaken.accept(codec.connection().stream(stream));
            listener.onHeadersRead(context, stream, decoded, padding, endsStream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependsOn,
            short weight,
            boolean exclusive,
            int padding,
            boolean endsStream)
            throws Http2Exception {
        onHeadersRead(context, stream, headers, padding, endsStream);
    }
}

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
 * Gives heads that were decoded in front of Netty's codec to Vert.x behind it. The codec sees a HEADERS frame with
 * hardly anything in it, and so knows of the stream; the head is put in as it tells Vert.x.
 */
final class HeadHandover extends Http2FrameListenerDecorator {

    private static final int MAX_DIGITS = 20;
    /**
     * {@code content-length} by its name's place in the table, to be left out of it (RFC 7541 section 6.2.2 and
     * appendix A).
     */
    private static final int LENGTH_FIELD = 0x0f0d;
    /**
     * The codec's table is of no size (RFC 7541 section 6.3): it waits for such a word where the settings make it
     * smaller.
     */
    private static final int NO_TABLE = 0x20;

    private final ChannelHandlerContext before;
    private final Http2ConnectionHandler codec;
    private @Nullable Http2Headers head;
    private Consumer<Http2Stream> whenTaken = stream -> {};

    /** @param before of the handler that gives the codec what it reads; the codec has read the client's settings */
    HeadHandover(ChannelHandlerContext before, Http2ConnectionHandler codec) {
        super(codec.decoder().frameListener());
        this.before = before;
        this.codec = codec;
        codec.decoder().frameListener(this);
    }

    /**
     * Gives one head, or trailers.
     *
     * @param fields null for trailers, which go no further
     * @param length the body's, as digits, for the codec to compare with the body (RFC 9113 section 8.1.1); null when
     *     it was not said
     * @param taken told of the stream before Vert.x is, unless the codec refuses it
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

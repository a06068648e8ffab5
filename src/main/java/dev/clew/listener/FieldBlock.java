package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;

/** The field block of a HEADERS frame and its CONTINUATION frames (RFC 9113 section 4.3), read so far. */
final class FieldBlock {

    private static final int PRIORITY_LENGTH = 5;

    private final int stream;
    private final boolean endsStream;
    private final long most;
    private Http2Flags flags;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private boolean first = true;
    private boolean tooLong;

    /**
     * @param flags of the HEADERS frame
     * @param most the bound on the bytes kept; the rest is dropped
     */
    FieldBlock(int stream, short flags, long most) {
        this.stream = stream;
        this.flags = new Http2Flags(flags);
        this.endsStream = this.flags.endOfStream();
        this.most = most;
    }

    int stream() {
        return stream;
    }

    /** Returns whether the block ends its stream: a request without a body, or trailers. */
    boolean endsStream() {
        return endsStream;
    }

    /** Returns whether the block exceeded the bound; {@link #bytes} are incomplete then. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Returns whether the current frame is the block's last. */
    boolean isLast() {
        return flags.endOfHeaders();
    }

    ByteBuf bytes() {
        return bytes;
    }

    /** @param next flags of the CONTINUATION frame that begins */
    void continueWith(short next) {
        flags = new Http2Flags(next);
    }

    /**
     * Appends a piece of the block.
     *
     * @param piece read from; not retained unless it is the whole block
     * @param whole whether the piece ends its frame
     */
    void add(ByteBuf piece, boolean whole) {
        if (tooLong || bytes.readableBytes() + piece.readableBytes() > most) {
            tooLong = true;
            bytes = Unpooled.EMPTY_BUFFER;
        } else if (first && whole && isLast() && !bytes.isReadable()) {
            bytes = piece;
        } else {
            if (bytes.maxCapacity() == 0) {
                bytes = Unpooled.buffer(piece.readableBytes());
            }
            bytes.writeBytes(piece);
        }
    }

    /**
     * Ends a frame. Strips the padding and the priority of the HEADERS frame; priorities are obsolete (RFC 9113 section
     * 5.3.2).
     *
     * @throws Http2Exception a connection error for a frame that contradicts itself (RFC 9113 section 6.2)
     */
    void endFrame() throws Http2Exception {
        if (!first) {
            return;
        }
        first = false;
        if (tooLong) {
            return;
        }
        int before = flags.getPaddingPresenceFieldLength() + flags.getNumPriorityBytes();
        if (bytes.readableBytes() < before) {
            throw Http2Exception.connectionError(Http2Error.FRAME_SIZE_ERROR, "HEADERS frame too short");
        }
        int padding = flags.paddingPresent() ? bytes.readUnsignedByte() : 0;
        if (flags.priorityPresent()) {
            int dependsOn = bytes.getInt(bytes.readerIndex()) & Integer.MAX_VALUE;
            bytes.skipBytes(PRIORITY_LENGTH);
            if (dependsOn == stream) {
                throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "stream depends on itself");
            }
        }
        if (padding > bytes.readableBytes()) {
            throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "padding longer than its frame");
        }
        bytes.writerIndex(bytes.writerIndex() - padding);
    }
}

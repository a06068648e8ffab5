package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1 request head read so far, as bytes. A head that arrives at once is not copied; a partial one is kept in a
 * buffer of its size, since the buffers that sockets are read into are larger.
 */
final class PartialHead {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private final HeadScanner scan;
    private @Nullable ByteBuf bytes;
    private @Nullable String fault;

    PartialHead(HeadScanner scan) {
        this.scan = scan;
    }

    /**
     * Reads up to the end of the head.
     *
     * @return the complete head, to be decoded before the next read; null while incomplete, and after a {@link #fault}
     */
    @Nullable ByteBuf take(ByteBuf in) {
        ByteBuf before = bytes;
        if (before != null) {
            return takeMore(before, in);
        }
        if (!skipEmptyLines(in)) {
            return null;
        }
        scan.begin(true);
        fault = scan.scan(in);
        if (fault == null && scan.isWhole()) {
            return in.readSlice(scan.length());
        }
        bytes = Unpooled.buffer(in.readableBytes()).writeBytes(in);
        return null;
    }

    private @Nullable ByteBuf takeMore(ByteBuf begun, ByteBuf in) {
        int before = begun.readableBytes();
        int more = in.readableBytes();
        begun.writeBytes(in, in.readerIndex(), more);
        fault = scan.scan(begun);
        boolean whole = fault == null && scan.isWhole();
        in.skipBytes(whole ? scan.length() - before : more);
        return whole ? begun.slice(begun.readerIndex(), scan.length()) : null;
    }

    /** Skips empty lines in front of a request line (RFC 9112 section 2.2). Returns whether other bytes follow. */
    private static boolean skipEmptyLines(ByteBuf in) {
        while (in.isReadable() && in.getByte(in.readerIndex()) == CR) {
            if (in.readableBytes() == 1 || in.getByte(in.readerIndex() + 1) != LF) {
                return in.readableBytes() > 1;
            }
            in.skipBytes(2);
        }
        return in.isReadable();
    }

    /** Returns one of {@link MalformedRequest}'s reasons, or null if there is no fault so far. */
    @Nullable String fault() {
        return fault;
    }

    boolean isUnfinished() {
        return bytes != null;
    }

    /** Returns the memory held, in bytes. */
    int held() {
        return bytes == null ? 0 : bytes.capacity();
    }

    /** Returns the complete and valid lines as a terminated head; empty if there are none. */
    ByteBuf wholeLines() {
        if (bytes == null || scan.length() == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        return Unpooled.buffer(scan.length() + 2)
                .writeBytes(bytes, bytes.readerIndex(), scan.length())
                .writeByte(CR)
                .writeByte(LF);
    }

    /** Discards the head once it is decoded or abandoned. */
    void end() {
        bytes = null;
    }
}

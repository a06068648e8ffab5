package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A request's head as it comes, while it is bytes. One that comes at once is not copied; of another, what has come is
 * kept in a buffer of the size that it needs, since those that sockets are read into are larger.
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
     * Takes what has come, up to the head's end.
     *
     * @return the whole head, to be decoded before anything else is read; null while it is not whole, and when it has a
     *     {@link #fault}
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

    /**
     * A server ignores them in front of a request line (RFC 9112 section 2.2). Returns whether anything else has come.
     */
    private static boolean skipEmptyLines(ByteBuf in) {
        while (in.isReadable() && in.getByte(in.readerIndex()) == CR) {
            if (in.readableBytes() == 1 || in.getByte(in.readerIndex() + 1) != LF) {
                return in.readableBytes() > 1;
            }
            in.skipBytes(2);
        }
        return in.isReadable();
    }

    /** Returns one of {@link MalformedRequest}'s reasons, or null when all is well so far. */
    @Nullable String fault() {
        return fault;
    }

    boolean isUnfinished() {
        return bytes != null;
    }

    /** Returns the bytes of memory that are held. */
    int held() {
        return bytes == null ? 0 : bytes.capacity();
    }

    /** Returns the lines that have come whole and are sound, as a head with an end; nothing when there are none. */
    ByteBuf wholeLines() {
        if (bytes == null || scan.length() == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        return Unpooled.buffer(scan.length() + 2)
                .writeBytes(bytes, bytes.readerIndex(), scan.length())
                .writeByte(CR)
                .writeByte(LF);
    }

    /** The head has ended, or will never. */
    void end() {
        bytes = null;
    }
}

package dev.clew.upstream.wire;

import dev.clew.budget.Account;
import dev.clew.budget.Holding;
import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Lines up to an empty one: a head or trailers. Buffers the received bytes until the section is complete, so that an
 * endless section holds no more memory than its bytes. Bounds lines and bytes as they arrive.
 */
final class SectionBuffer {

    private static final byte[] NO_LINES = {'\r', '\n'};

    private final int maxLines;
    private final int maxBytes;
    private final Holding held;

    private int lines;
    private int bytes;
    /** Bytes of the incomplete line. */
    private int lineBytes;

    private byte last;
    /** Bytes of the incomplete section. A separate buffer: those read from a socket are much larger. */
    private @Nullable ByteBuf incomplete;

    /** @param owner account of the memory for an incomplete section */
    SectionBuffer(int maxLines, int maxBytes, Account owner) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
        this.held = new Holding(owner);
    }

    /**
     * Consumes the section's bytes. Returns null until it is complete; then the whole section, and begins a new one.
     *
     * @throws MalformedResponse if it is too large, its owner's memory is exhausted, or a line does not end in CRLF
     */
    byte @Nullable [] read(ByteBuf in) {
        int taken = lengthIn(in);
        if (taken < 0) {
            ByteBuf kept = incomplete == null ? Unpooled.buffer(in.readableBytes()) : incomplete;
            incomplete = kept.writeBytes(in);
            if (!held.set(kept.capacity())) {
                throw new MalformedResponse(Reason.TOO_LARGE);
            }
            return null;
        }
        ByteBuf before = incomplete;
        if (before == null && taken == NO_LINES.length) {
            in.skipBytes(taken);
            reset();
            return NO_LINES;
        }
        int kept = before == null ? 0 : before.readableBytes();
        byte[] whole = new byte[kept + taken];
        if (before != null) {
            before.readBytes(whole, 0, kept);
        }
        in.readBytes(whole, kept, taken);
        reset();
        return whole;
    }

    /** Discards an incomplete section and releases its memory. */
    void discard() {
        incomplete = null;
        held.release();
    }

    boolean hasBegun() {
        return bytes > 0;
    }

    private void reset() {
        lines = 0;
        bytes = 0;
        lineBytes = 0;
        last = 0;
        discard();
    }

    /** Returns the number of readable bytes up to the section's end; -1 if the end is not among them. */
    private int lengthIn(ByteBuf in) {
        int begin = in.readerIndex();
        int end = in.writerIndex();
        int line = begin;
        while (line < end) {
            int lineFeed = in.indexOf(line, end, (byte) '\n');
            int next = lineFeed < 0 ? end : lineFeed + 1;
            count(next - line);
            if (lineFeed < 0) {
                last = in.getByte(end - 1);
                return -1;
            }
            byte before = lineFeed > line ? in.getByte(lineFeed - 1) : last;
            if (lineBytes < NO_LINES.length || before != '\r') {
                throw new MalformedResponse(Reason.SYNTAX);
            }
            if (lineBytes == NO_LINES.length) {
                return next - begin;
            }
            if (++lines > maxLines) {
                throw new MalformedResponse(Reason.TOO_MANY_FIELDS);
            }
            lineBytes = 0;
            line = next;
        }
        return -1;
    }

    private void count(int more) {
        lineBytes += more;
        bytes += more;
        if (bytes > maxBytes) {
            throw new MalformedResponse(Reason.TOO_LARGE);
        }
    }
}

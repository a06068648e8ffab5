package dev.clew.upstream.wire;

import dev.clew.budget.Account;
import dev.clew.budget.Holding;
import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Lines up to an empty one, as a head and trailers are: kept as the bytes they came in until all are there, so that a
 * section without end holds no more than what was sent of it. Its lines and bytes are counted as they come.
 */
final class SectionBuffer {

    private static final byte[] NO_LINES = {'\r', '\n'};

    private final int mostLines;
    private final int mostBytes;
    private final Holding held;

    private int lines;
    private int bytes;
    /** Of the line that has begun. */
    private int lineBytes;

    private byte last;
    /**
     * The bytes that have come of it, while there is no end. In memory of its own: a buffer read from a socket is much
     * larger.
     */
    private @Nullable ByteBuf begun;

    /** @param owner of what has come while there is no end */
    SectionBuffer(int mostLines, int mostBytes, Account owner) {
        this.mostLines = mostLines;
        this.mostBytes = mostBytes;
        this.held = new Holding(owner);
    }

    /**
     * Takes what belongs to the section. Null while its end has not come; else all of it, with which it begins anew.
     *
     * @throws MalformedResponse if it is too large, or its owner holds too much, or a line does not end in CRLF
     */
    byte @Nullable [] read(ByteBuf in) {
        int taken = lengthIn(in);
        if (taken < 0) {
            ByteBuf kept = begun == null ? Unpooled.buffer(in.readableBytes()) : begun;
            begun = kept.writeBytes(in);
            if (!held.set(kept.capacity())) {
                throw new MalformedResponse(Reason.TOO_LARGE);
            }
            return null;
        }
        ByteBuf before = begun;
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

    /** Nothing more will come of it. */
    void discard() {
        begun = null;
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

    /** Returns the number of readable bytes that belong to the section if it ends among them; else -1. */
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
            if (++lines > mostLines) {
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
        if (bytes > mostBytes) {
            throw new MalformedResponse(Reason.TOO_LARGE);
        }
    }
}

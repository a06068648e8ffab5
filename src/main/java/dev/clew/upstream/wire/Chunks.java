package dev.clew.upstream.wire;

import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.buffer.ByteBuf;

/** The lines between the chunks of a body, read strictly (RFC 9112 section 7.1). */
final class Chunks {

    /** The end of the line has not come. */
    static final long INCOMPLETE = -1;

    /** With its extensions, of which nothing is passed on. */
    private static final int MOST_LINE_BYTES = 4096;

    /** Few enough that the number is a {@code long}. */
    private static final int MOST_DIGITS = 15;

    private Chunks() {}

    /**
     * Reads the line in front of a chunk: its size, 0 for the last one; or {@link #INCOMPLETE}, and then nothing was read.
     *
     * @throws MalformedResponse if it is anything but a size and extensions
     */
    static long readSize(ByteBuf in) {
        int begin = in.readerIndex();
        int end = Math.min(in.writerIndex(), begin + MOST_LINE_BYTES);
        int lineFeed = in.indexOf(begin, end, (byte) '\n');
        if (lineFeed < 0) {
            if (end - begin == MOST_LINE_BYTES) {
                throw new MalformedResponse(Reason.SYNTAX);
            }
            return INCOMPLETE;
        }
        int at = begin;
        long size = 0;
        int digit = digit(in.getByte(at));
        while (digit >= 0) {
            size = size * 16 + digit;
            digit = digit(in.getByte(++at));
        }
        if (at == begin || at - begin > MOST_DIGITS) {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        checkRest(in, at, lineFeed);
        in.readerIndex(lineFeed + 1);
        return size;
    }

    /** Blanks, and extensions behind a semicolon. */
    private static void checkRest(ByteBuf in, int from, int lineFeed) {
        int at = from;
        while (in.getByte(at) == ' ' || in.getByte(at) == '\t') {
            at++;
        }
        if (in.getByte(at) == ';') {
            while (FieldLines.isText(in.getByte(at))) {
                at++;
            }
        }
        if (in.getByte(at) != '\r' || at + 1 != lineFeed) {
            throw new MalformedResponse(Reason.SYNTAX);
        }
    }

    /** Reads the line end behind a chunk; false when it has not come. */
    static boolean readEnd(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return false;
        }
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        return true;
    }

    private static int digit(byte character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}

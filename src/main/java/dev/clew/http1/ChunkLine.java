package dev.clew.http1;

import io.netty.buffer.ByteBuf;

/** A strict parser of the lines around the chunks of a body (RFC 9112 section 7.1). */
public final class ChunkLine {

    /** The line is incomplete; nothing was consumed. */
    public static final long INCOMPLETE = -1;

    /** The line violates the grammar; nothing was consumed. */
    public static final long MALFORMED = -2;

    /** Ensures that the size fits into a {@code long}, leading zeros included. */
    private static final int MAX_DIGITS = 15;

    private ChunkLine() {}

    /**
     * Reads a chunk's size line. The grammar inside of extensions is not checked, as they are never forwarded.
     *
     * @param most the limit on the line, in bytes
     * @param padded whether blanks may follow the size without an extension, as some servers write them
     * @return the size, 0 for the last chunk; or {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    public static long readSize(ByteBuf in, int most, boolean padded) {
        int begin = in.readerIndex();
        int lineFeed = in.indexOf(begin, Math.min(in.writerIndex(), begin + most + 1), (byte) '\n');
        if (lineFeed < 0) {
            return in.readableBytes() > most ? MALFORMED : INCOMPLETE;
        }
        int end = lineFeed - 1;
        int at = begin;
        long size = 0;
        while (at < end && digit(in.getByte(at)) >= 0) {
            size = size << 4 | digit(in.getByte(at++));
        }
        boolean isSize = at > begin && at - begin <= MAX_DIGITS;
        if (!isSize || in.getByte(end) != '\r' || !isRestSound(in, at, end, padded)) {
            return MALFORMED;
        }
        in.readerIndex(lineFeed + 1);
        return size;
    }

    private static boolean isRestSound(ByteBuf in, int from, int end, boolean padded) {
        int at = from;
        while (at < end && (in.getByte(at) == ' ' || in.getByte(at) == '\t')) {
            at++;
        }
        if (at == end) {
            return at == from || padded;
        }
        if (in.getByte(at) != ';') {
            return false;
        }
        while (at < end && FieldText.allows(in.getByte(at))) {
            at++;
        }
        return at == end;
    }

    /** Reads the line end that follows a chunk's data. */
    public static long readEnd(ByteBuf in) {
        int begin = in.readerIndex();
        boolean isWhole = in.readableBytes() > 1;
        if (in.getByte(begin) != '\r' || (isWhole && in.getByte(begin + 1) != '\n')) {
            return MALFORMED;
        }
        if (isWhole) {
            in.skipBytes(2);
        }
        return isWhole ? 0 : INCOMPLETE;
    }

    private static int digit(byte character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int letter = character | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}

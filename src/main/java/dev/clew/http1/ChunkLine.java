package dev.clew.http1;

import io.netty.buffer.ByteBuf;

/** The lines around the chunks of a body, read strictly (RFC 9112 section 7.1). */
public final class ChunkLine {

    /** The end of the line has not come; nothing was read. */
    public static final long INCOMPLETE = -1;

    /** The line is anything but what may stand there; nothing was read. */
    public static final long MALFORMED = -2;

    /** Few enough that the number is a {@code long}, zeros in front included. */
    private static final int MOST_DIGITS = 15;

    private ChunkLine() {}

    /**
     * Reads the line in front of a chunk. Of extensions nothing is passed on, and so their inner grammar is nobody's
     * matter.
     *
     * @param most the most bytes of the line
     * @param padded whether blanks may stand alone behind the size, as some servers write them
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
        boolean isSize = at > begin && at - begin <= MOST_DIGITS;
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

    /**
     * Reads the line end behind a chunk.
     *
     * @param in not empty
     * @return 0, or {@link #INCOMPLETE} or {@link #MALFORMED}
     */
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

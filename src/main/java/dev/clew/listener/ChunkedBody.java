package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunked body by the letter (RFC 9112 section 7.1): Netty takes blanks in front of a size, and anything behind it. The
 * trailer section is held to the bounds of a head, and dropped (RFC 9110 section 6.5.1 lets a recipient).
 */
final class ChunkedBody {

    private static final byte LF = '\n';
    private static final byte CR = '\r';
    /** Zeros in front included. */
    private static final int MAX_SIZE_DIGITS = 16;

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        ENDED
    }

    private final int maxPiece;
    private final int maxLine;
    private final HeadScan trailers;
    private State state = State.ENDED;
    private long left;

    /** @param scan not in use while a body is read */
    ChunkedBody(WireLimits limits, HeadScan scan) {
        this.maxPiece = limits.decoder().getMaxChunkSize();
        this.maxLine = limits.decoder().getMaxInitialLineLength();
        this.trailers = scan;
    }

    void begin() {
        state = State.SIZE;
    }

    /** Returns whether there is no such body, or its end has been read. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /**
     * Reads what is there, and consumes it but for a line that has not come whole.
     *
     * @param out gets the content, and its end
     * @return one of {@link MalformedRequest}'s reasons, or null when all is well so far
     */
    @Nullable String read(ByteBuf in, List<Object> out) {
        while (in.isReadable() && state != State.ENDED) {
            int before = in.readerIndex();
            String fault =
                    switch (state) {
                        case SIZE -> readSize(in);
                        case DATA -> readData(in, out);
                        case DATA_END -> readDataEnd(in);
                        case TRAILERS, ENDED -> readTrailers(in, out);
                    };
            if (fault != null || in.readerIndex() == before) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String readSize(ByteBuf in) {
        int from = in.readerIndex();
        int lineFeed = in.indexOf(from, in.writerIndex(), LF);
        if (lineFeed < 0) {
            return in.readableBytes() > maxLine ? MalformedRequest.CHUNK : null;
        }
        int to = lineFeed - 1;
        int at = from;
        long size = 0;
        while (at < to && digit(in.getByte(at)) >= 0) {
            size = size << 4 | digit(in.getByte(at));
            at++;
        }
        boolean sound = at > from && at - from <= MAX_SIZE_DIGITS && size >= 0 && size <= Integer.MAX_VALUE;
        if (!sound || in.getByte(to) != CR || !isExtension(in, at, to)) {
            return MalformedRequest.CHUNK;
        }
        in.readerIndex(lineFeed + 1);
        left = size;
        state = size == 0 ? State.TRAILERS : State.DATA;
        trailers.begin(false);
        return null;
    }

    /** Nothing, or something that begins with a semicolon; it is not passed on, and so its inner grammar is nobody's matter. */
    private static boolean isExtension(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && (in.getByte(at) == ' ' || in.getByte(at) == '\t')) {
            at++;
        }
        if (at == to) {
            return at == from;
        }
        if (in.getByte(at) != ';') {
            return false;
        }
        for (int i = at; i < to; i++) {
            byte value = in.getByte(i);
            if ((value >= 0 && value < ' ' && value != '\t') || value == 127) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String readData(ByteBuf in, List<Object> out) {
        int piece = (int) Math.min(Math.min(left, maxPiece), in.readableBytes());
        out.add(new DefaultHttpContent(in.readRetainedSlice(piece)));
        left -= piece;
        state = left == 0 ? State.DATA_END : State.DATA;
        return null;
    }

    private @Nullable String readDataEnd(ByteBuf in) {
        if (in.getByte(in.readerIndex()) != CR) {
            return MalformedRequest.CHUNK;
        }
        if (in.readableBytes() > 1) {
            if (in.getByte(in.readerIndex() + 1) != LF) {
                return MalformedRequest.CHUNK;
            }
            in.skipBytes(2);
            state = State.SIZE;
        }
        return null;
    }

    private @Nullable String readTrailers(ByteBuf in, List<Object> out) {
        String fault = trailers.scan(in);
        if (fault == null && trailers.isWhole()) {
            in.skipBytes(trailers.length());
            state = State.ENDED;
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        return fault;
    }

    private static int digit(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}

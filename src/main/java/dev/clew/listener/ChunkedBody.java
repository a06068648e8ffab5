package dev.clew.listener;

import dev.clew.http1.ChunkLine;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strict decoder of chunked bodies (RFC 9112 section 7.1): Netty accepts blanks in front of a size, and anything
 * behind it. The trailer section is subject to the limits of a head, and is dropped, as RFC 9110 section 6.5.1 permits.
 */
final class ChunkedBody {

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        ENDED
    }

    private final int maxPiece;
    private final int maxLine;
    private final HeadScanner trailers;
    private State state = State.ENDED;
    private long left;

    /** @param scan shared with heads; unused while a body is read */
    ChunkedBody(WireLimits limits, HeadScanner scan) {
        this.maxPiece = limits.decoder().getMaxChunkSize();
        this.maxLine = limits.decoder().getMaxInitialLineLength();
        this.trailers = scan;
    }

    void begin() {
        state = State.SIZE;
    }

    /** Returns whether no chunked body is in progress. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /**
     * Decodes the bytes available, and consumes all but an incomplete line.
     *
     * @param out receives the content, and its end
     * @return one of {@link MalformedRequest}'s reasons, or null if there is no fault so far
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
        long size = ChunkLine.readSize(in, maxLine, false);
        if (size == ChunkLine.MALFORMED || size > Integer.MAX_VALUE) {
            return MalformedRequest.CHUNK;
        }
        if (size != ChunkLine.INCOMPLETE) {
            left = size;
            state = size == 0 ? State.TRAILERS : State.DATA;
            trailers.begin(false);
        }
        return null;
    }

    private @Nullable String readData(ByteBuf in, List<Object> out) {
        int piece = (int) Math.min(Math.min(left, maxPiece), in.readableBytes());
        out.add(new DefaultHttpContent(in.readRetainedSlice(piece)));
        left -= piece;
        state = left == 0 ? State.DATA_END : State.DATA;
        return null;
    }

    private @Nullable String readDataEnd(ByteBuf in) {
        long end = ChunkLine.readEnd(in);
        state = end == 0 ? State.SIZE : State.DATA_END;
        return end == ChunkLine.MALFORMED ? MalformedRequest.CHUNK : null;
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
}

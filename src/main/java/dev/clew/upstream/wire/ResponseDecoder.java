package dev.clew.upstream.wire;

import dev.clew.budget.Account;
import dev.clew.http1.ChunkLine;
import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes HTTP/1 responses, one for each request; unsolicited bytes and ambiguous framing close the connection.
 *
 * <p>Replaces Netty's decoder, which reads on after a response and tolerates what must not be forwarded (ADR 0015).
 */
public final class ResponseDecoder extends ByteToMessageDecoder {

    private enum State {
        /** No request is pending; no bytes are expected. */
        IDLE,
        HEAD,
        BODY,
        BODY_UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        /** The connection carries another protocol. */
        SWITCHED,
        /** All further bytes are dropped. */
        ENDED
    }

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int EARLY_HINTS = 103;
    private static final int MAX_CHUNK_LINE = 4096;

    private final SectionBuffer head;
    private final SectionBuffer trailers;
    private final Runnable end;

    private State state = State.IDLE;
    private boolean toHeadRequest;
    private boolean upgradeRequested;
    private boolean persistent;
    /** Remaining bytes of the body or chunk. */
    private long remaining;

    /**
     * Creates a decoder that awaits no response.
     *
     * @param owner account of the memory for incomplete heads and trailers
     * @param end closes the connection immediately, so that it carries no further request
     */
    ResponseDecoder(ResponseLimits limits, Account owner, Runnable end) {
        // One more, for the status line.
        this.head = new SectionBuffer(limits.fields() + 1, limits.bytes(), owner);
        this.trailers = new SectionBuffer(limits.fields(), limits.bytes(), owner);
        this.end = end;
    }

    /**
     * Records a request as it is sent; bytes read before do not belong to its response.
     *
     * @param head whether its method is HEAD
     * @param upgrades whether 101 (Switching Protocols) may follow
     */
    public void requested(boolean head, boolean upgrades) {
        if (state == State.IDLE) {
            state = State.HEAD;
            toHeadRequest = head;
            upgradeRequested = upgrades;
        }
    }

    /** Returns whether the connection could carry another request. */
    boolean isIdle() {
        return state == State.IDLE;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        boolean inHead = state == State.HEAD;
        try {
            read(in, out);
        } catch (MalformedResponse malformed) {
            reject(malformed, inHead, out);
        }
        if (state == State.ENDED) {
            in.skipBytes(in.readableBytes());
        }
    }

    private void read(ByteBuf in, List<Object> out) {
        switch (state) {
            case IDLE -> endConnection();
            case HEAD -> readHead(in, out);
            case BODY -> readBody(in, out);
            case BODY_UNTIL_CLOSE -> out.add(new DefaultHttpContent(in.readRetainedSlice(in.readableBytes())));
            case CHUNK_SIZE -> readChunkSize(in);
            case CHUNK -> readChunk(in, out);
            case CHUNK_END -> readChunkEnd(in);
            case TRAILERS -> readTrailers(in, out);
            case SWITCHED -> out.add(in.readRetainedSlice(in.readableBytes()));
            case ENDED -> {}
        }
    }

    private void readHead(ByteBuf in, List<Object> out) {
        // Bytes that are not HTTP may never have an end to wait for.
        if (!head.hasBegun() && !ResponseHead.mayBegin(in)) {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        byte[] lines = head.read(in);
        if (lines != null) {
            begin(new ResponseHead(lines), in, out);
        }
    }

    private void begin(ResponseHead head, ByteBuf in, List<Object> out) {
        if (head.status() == SWITCHING_PROTOCOLS) {
            if (!upgradeRequested) {
                throw new MalformedResponse(Reason.UNASKED_SWITCH);
            }
            state = State.SWITCHED;
            out.add(head.message());
        } else if (head.isInterim()) {
            // Drops other kinds (RFC 9110 section 15.2), which Vert.x would take for the final response.
            if (head.status() == CONTINUE || head.status() == EARLY_HINTS) {
                out.add(head.message());
            }
        } else {
            out.add(head.message());
            persistent = head.isPersistent();
            beginBody(head.bodyLength(toHeadRequest), in, out);
        }
    }

    private void beginBody(long bodyLength, ByteBuf in, List<Object> out) {
        if (bodyLength == ResponseHead.CHUNKED) {
            state = State.CHUNK_SIZE;
        } else if (bodyLength == ResponseHead.UNTIL_CLOSE) {
            persistent = false;
            state = State.BODY_UNTIL_CLOSE;
        } else if (bodyLength == 0) {
            finish(LastHttpContent.EMPTY_LAST_CONTENT, in, out);
        } else {
            remaining = bodyLength;
            state = State.BODY;
        }
    }

    private void readBody(ByteBuf in, List<Object> out) {
        ByteBuf part = takeRemaining(in);
        if (remaining == 0) {
            finish(new DefaultLastHttpContent(part), in, out);
        } else {
            out.add(new DefaultHttpContent(part));
        }
    }

    private ByteBuf takeRemaining(ByteBuf in) {
        ByteBuf part = in.readRetainedSlice((int) Math.min(remaining, in.readableBytes()));
        remaining -= part.readableBytes();
        return part;
    }

    private void readChunkSize(ByteBuf in) {
        long size = MalformedResponse.check(ChunkLine.readSize(in, MAX_CHUNK_LINE, true));
        if (size > 0) {
            remaining = size;
            state = State.CHUNK;
        } else if (size == 0) {
            state = State.TRAILERS;
        }
    }

    private void readChunk(ByteBuf in, List<Object> out) {
        out.add(new DefaultHttpContent(takeRemaining(in)));
        if (remaining == 0) {
            state = State.CHUNK_END;
        }
    }

    private void readChunkEnd(ByteBuf in) {
        if (MalformedResponse.check(ChunkLine.readEnd(in)) == 0) {
            state = State.CHUNK_SIZE;
        }
    }

    private void readTrailers(ByteBuf in, List<Object> out) {
        byte[] lines = trailers.read(in);
        if (lines != null) {
            finish(Trailers.end(lines), in, out);
        }
    }

    /** Completes the response. Surplus bytes would be taken for the next response if the connection were kept. */
    private void finish(LastHttpContent last, ByteBuf in, List<Object> out) {
        out.add(last);
        state = State.IDLE;
        if (!persistent || in.isReadable()) {
            endConnection();
        }
    }

    /** Called before the end of the response is emitted, so that the connection is not reused. */
    private void endConnection() {
        state = State.ENDED;
        end.run();
    }

    private void reject(MalformedResponse why, boolean inHead, List<Object> out) {
        state = State.ENDED;
        HttpObject broken = inHead
                ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_GATEWAY)
                : new DefaultLastHttpContent();
        broken.setDecoderResult(DecoderResult.failure(why));
        out.add(broken);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(context, in, out);
        if (state == State.BODY_UNTIL_CLOSE) {
            state = State.ENDED;
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
        } else if (state == State.HEAD && head.hasBegun()) {
            reject(new MalformedResponse(Reason.CUT_OFF), true, out);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        head.discard();
        trailers.discard();
    }
}

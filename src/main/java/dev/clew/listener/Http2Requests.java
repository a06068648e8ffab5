package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that begin on an HTTP/2 connection. Their heads are decoded here, so that the number of fields can be
 * bounded, and so that a request is refused by a response with a trace, which Netty's codec never sends; the other
 * streams go on.
 */
final class Http2Requests extends Http2ConnectionAdapter {

    /** Refused heads in ten seconds; whoever sends more does nothing else. */
    static final int MOST_FAULTS = 100;

    /** The heads of a connection's unanswered requests may take so many times what one may. */
    private static final int MOST_HEADS = 32;

    private final ChannelHandlerContext before;
    private final ChannelHandlerContext context;
    private final Http2ConnectionHandler codec;
    private final Http2Connection connection;
    private final Http2Connection.PropertyKey sizeKey;
    private final Http2Connection.PropertyKey malformedKey;
    private final HeadHandover handover;
    private final Http2HeadDecoder decoder;
    private final long maxHeadBytes;
    private final FloodCounter faults;
    private final DiscardedStreams discarded = new DiscardedStreams();
    private long held;
    /** Nothing that comes can be understood any more. */
    private boolean failed;
    /** No head that comes can be, as its fields may stand in the table; bodies of earlier ones go on. */
    private boolean headless;

    /**
     * @param before of the handler that gives the codec what it reads
     * @param nanoTime as {@link System#nanoTime}
     */
    Http2Requests(ChannelHandlerContext before, int mostFields, LongSupplier nanoTime) {
        this.before = before;
        this.context = before.pipeline().context(Http2ConnectionHandler.class);
        this.codec = (Http2ConnectionHandler) context.handler();
        this.connection = codec.connection();
        this.sizeKey = connection.newKey();
        this.malformedKey = connection.newKey();
        Long size = codec.decoder().localSettings().maxHeaderListSize();
        this.maxHeadBytes = size == null ? Http2CodecUtil.DEFAULT_HEADER_LIST_SIZE : size;
        this.decoder = new Http2HeadDecoder(mostFields, maxHeadBytes);
        this.faults = new FloodCounter(MOST_FAULTS, nanoTime);
        this.handover = new HeadHandover(before, codec);
        connection.addListener(this);
    }

    /** Returns the most bytes of a block. */
    long maxBlockBytes() {
        return Http2CodecUtil.calculateMaxHeaderListSizeGoAway(maxHeadBytes);
    }

    boolean isDiscarded(int stream) {
        return discarded.contains(stream);
    }

    boolean hasFailed() {
        return failed;
    }

    /** A block is whole, or too long to be taken in. */
    void received(FieldBlock block) {
        try {
            Http2Stream stream = connection.stream(block.stream());
            if (headless || block.isTooLong()) {
                receivedUndecodable(stream, block);
                return;
            }
            Http2Headers head = decoder.decode(block.stream(), block.bytes());
            if (stream != null) {
                trailers(stream, block);
            } else if (!discarded.contains(block.stream())) {
                begin(block, head);
            }
        } catch (Http2Exception e) {
            fail(e);
        }
    }

    /** The fields of a block that was not taken in would belong to the table. */
    @SuppressWarnings("FutureReturnValueIgnored") // the codec sees to it
    private void receivedUndecodable(@Nullable Http2Stream stream, FieldBlock block) throws Http2Exception {
        if (stream != null) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "trailers too long");
        }
        if (headless || connection.streamMayHaveExisted(block.stream())) {
            discarded.add(block.stream());
            return;
        }
        headless = true;
        pass(block, Http2HeadRules.marked(new DefaultHttp2Headers(false), MalformedRequest.LONG_HEADER), null, false);
        // GOAWAY, and the end when all streams have had their responses, or after a while.
        before.channel().close();
    }

    void drop(ByteBuf data) {
        try {
            // For the connection's window only: bytes of a stream that is not there are given back at once.
            codec.decoder().flowController().receiveFlowControlledFrame(null, data, 0, false);
        } catch (Http2Exception e) {
            fail(e);
        }
    }

    void fail(Http2Exception e) {
        failed |= !Http2Exception.isStreamError(e);
        codec.onError(context, false, e);
    }

    /** They go no further, but must be trailers; the codec knows whether the stream may have any. */
    private void trailers(Http2Stream stream, FieldBlock block) throws Http2Exception {
        if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
            throw Http2Exception.streamError(stream.id(), Http2Error.STREAM_CLOSED, "head behind the stream's end");
        }
        if (decoder.fault() != null || decoder.hasPseudoHeaders()) {
            throw Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, "malformed trailers");
        }
        handover.give(block, null, null, any -> {});
    }

    private void begin(FieldBlock block, Http2Headers head) throws Http2Exception {
        int stream = block.stream();
        if (connection.streamMayHaveExisted(stream)) {
            // RFC 9113 section 5.1: closed by the client's doing, unless the gateway gave it up so long ago that it
            // does not know.
            throw discarded.isIncomplete()
                    ? Http2Exception.streamError(stream, Http2Error.STREAM_CLOSED, "stream is closed")
                    : Http2Exception.connectionError(Http2Error.STREAM_CLOSED, "stream %d is closed", stream);
        }
        boolean isBehindTheEnd =
                connection.goAwaySent() && stream > connection.remote().lastStreamKnownByPeer();
        if (isBehindTheEnd
                || !connection.remote().canOpenStream()
                || held + decoder.size() > MOST_HEADS * maxHeadBytes) {
            // RFC 9113 section 8.7: it may be sent again.
            discarded.add(stream);
            throw Http2Exception.streamError(stream, Http2Error.REFUSED_STREAM, "too much at once");
        }
        String fault = decoder.fault() != null ? decoder.fault() : Http2HeadRules.fault(head, block.endsStream());
        if (fault == null) {
            pass(block, head, head.get(HttpHeaderNames.CONTENT_LENGTH), false);
        } else if (faults.allowsOneMore()) {
            pass(block, Http2HeadRules.marked(head, fault), null, !fault.equals(MalformedRequest.LONG_HEADER));
        } else {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many malformed requests");
        }
    }

    private void pass(FieldBlock block, Http2Headers head, @Nullable CharSequence length, boolean isMalformed) {
        int size = decoder.size();
        handover.give(block, head, length, stream -> {
            stream.setProperty(sizeKey, size);
            held += size;
            if (isMalformed) {
                stream.setProperty(malformedKey, Boolean.TRUE);
            }
        });
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        Integer size = stream.removeProperty(sizeKey);
        held -= size == null ? 0 : size;
        if (stream.isResetSent()) {
            discarded.add(stream.id());
        }
        resetMalformed(stream);
    }

    @Override
    public void onStreamHalfClosed(Http2Stream stream) {
        if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
            resetMalformed(stream);
        }
    }

    /** RFC 9113 section 8.1.1: a malformed request may be answered, but its stream ends with the error. */
    @SuppressWarnings("FutureReturnValueIgnored") // the codec sees to it
    private void resetMalformed(Http2Stream stream) {
        if (stream.removeProperty(malformedKey) != null && !stream.isResetSent()) {
            context.executor().execute(() -> {
                codec.encoder()
                        .writeRstStream(context, stream.id(), Http2Error.PROTOCOL_ERROR.code(), context.newPromise());
                context.flush();
            });
        }
    }
}

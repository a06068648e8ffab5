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
 * The new requests of an HTTP/2 connection. Their heads are decoded here to limit the number of fields, and to reject a
 * request by a response with a trace, which Netty's codec never sends; other streams continue.
 */
final class Http2Requests extends Http2ConnectionAdapter {

    /**
     * The limit on rejected heads in ten seconds, beyond which the connection closes: such a client sends little else.
     */
    static final int MAX_FAULTS = 100;

    /** The limit on the heads of a connection's open streams, as a multiple of the limit on one. */
    private static final int MAX_HEADS = 32;

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
    /** Set after a connection error; further frames are dropped. */
    private boolean failed;
    /**
     * Set once the dynamic table is unusable, after which no head can be decoded; bodies of earlier requests continue.
     */
    private boolean headless;

    /**
     * @param before the context of the handler in front of the codec
     * @param nanoTime a clock with the semantics of {@link System#nanoTime}
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
        this.faults = new FloodCounter(MAX_FAULTS, nanoTime);
        this.handover = new HeadHandover(before, codec);
        connection.addListener(this);
    }

    /** Returns the limit on a field block, in bytes. */
    long maxBlockBytes() {
        return Http2CodecUtil.calculateMaxHeaderListSizeGoAway(maxHeadBytes);
    }

    boolean isDiscarded(int stream) {
        return discarded.contains(stream);
    }

    boolean hasFailed() {
        return failed;
    }

    /** Handles a block that is complete or exceeded its limit. */
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

    /** Handles a block that cannot be decoded, after which the dynamic table is unusable. */
    @SuppressWarnings("FutureReturnValueIgnored") // the codec handles failures
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
        // Sends GOAWAY, and closes when the streams have ended or after a timeout.
        before.channel().close();
    }

    void drop(ByteBuf data) {
        try {
            // Counts against the connection's window only, as bytes of an unknown stream are credited back immediately.
            codec.decoder().flowController().receiveFlowControlledFrame(null, data, 0, false);
        } catch (Http2Exception e) {
            fail(e);
        }
    }

    void fail(Http2Exception e) {
        failed |= !Http2Exception.isStreamError(e);
        codec.onError(context, false, e);
    }

    /**
     * Checks trailers, then passes their frame without fields to the codec, which knows whether the stream may have
     * any.
     */
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
            // RFC 9113 section 5.1: the client closed it, unless the gateway discarded it so long ago that it was
            // forgotten.
            throw discarded.isIncomplete()
                    ? Http2Exception.streamError(stream, Http2Error.STREAM_CLOSED, "stream is closed")
                    : Http2Exception.connectionError(Http2Error.STREAM_CLOSED, "stream %d is closed", stream);
        }
        boolean isBehindTheEnd =
                connection.goAwaySent() && stream > connection.remote().lastStreamKnownByPeer();
        if (isBehindTheEnd
                || !connection.remote().canOpenStream()
                || held + decoder.size() > MAX_HEADS * maxHeadBytes) {
            // The client may retry (RFC 9113 section 8.7).
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

    /** Resets the stream of a malformed request after its response (RFC 9113 section 8.1.1). */
    @SuppressWarnings("FutureReturnValueIgnored") // the codec handles failures
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

package dev.clew.upstream.wire;

import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Filters what Netty's HTTP/2 codec accepts and Vert.x does not expect: resets responses with too many fields, and
 * drops interim responses that Vert.x would take for the final one. Netty bounds the bytes of a head before it decodes
 * it.
 */
final class Http2Responses extends Http2FrameListenerDecorator {

    private static final String CONTINUE = "100";
    private static final String SWITCHING_PROTOCOLS = "101";
    private static final String EARLY_HINTS = "103";

    private final int maxFields;

    Http2Responses(Http2FrameListener vertx, ResponseLimits limits) {
        super(vertx);
        this.maxFields = limits.fields();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        if (isPassedOn(stream, headers, endOfStream)) {
            super.onHeadersRead(context, stream, headers, padding, endOfStream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        if (isPassedOn(stream, headers, endOfStream)) {
            super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, endOfStream);
        }
    }

    private boolean isPassedOn(int stream, Http2Headers headers, boolean endOfStream) throws Http2Exception {
        CharSequence status = headers.status();
        int fields = status == null ? headers.size() : headers.size() - 1;
        if (fields > maxFields) {
            throw Http2Exception.streamError(
                    stream, Http2Error.ENHANCE_YOUR_CALM, new MalformedResponse(Reason.TOO_MANY_FIELDS), "");
        }
        return status == null || endOfStream || !isUnknownInterim(status);
    }

    private static boolean isUnknownInterim(CharSequence status) {
        return HttpStatusClass.valueOf(status) == HttpStatusClass.INFORMATIONAL
                && !CONTINUE.contentEquals(status)
                && !SWITCHING_PROTOCOLS.contentEquals(status)
                && !EARLY_HINTS.contentEquals(status);
    }
}

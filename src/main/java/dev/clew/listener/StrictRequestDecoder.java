package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's HTTP/1 request decoder, less forgiving.
 *
 * <p>Netty repairs two things a proxy must not repair, because the next server may read them otherwise: a message with both
 * {@code Content-Length} and {@code Transfer-Encoding} (RFC 9112 section 6.1) and a folded header line (section 5.2). Those,
 * and everything Netty cannot decode, become a {@link MalformedRequest}; whatever follows on that connection is discarded.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final byte LF = '\n';

    private @Nullable ByteBuf input;
    private boolean inHead;
    private @Nullable String repaired;
    private boolean refused;

    StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        input = in;
        if (inHead) {
            findFoldedLine(in);
        }
        int before = out.size();
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                inHead = false;
                judge(request, i, out);
            }
        }
    }

    /** Whatever still comes on this connection is dropped unread. */
    void refuseRest() {
        refused = true;
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        HttpMessage message = super.createMessage(initialLine);
        inHead = true;
        if (input != null) {
            findFoldedLine(input);
        }
        return message;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        repaired = MalformedRequest.AMBIGUOUS_LENGTH;
        super.handleTransferEncodingChunkedWithContentLength(message);
    }

    private void judge(HttpRequest request, int index, List<Object> out) {
        String reason = request.decoderResult().isSuccess()
                ? repaired != null ? repaired : HeadRules.fault(request)
                : reasonOf(request.decoderResult().cause());
        if (reason == null) {
            ignoreH2cUpgrade(request);
            return;
        }
        refused = true;
        HttpRequest marked = MalformedRequest.mark(request, reason);
        while (out.size() > index) {
            ReferenceCountUtil.release(out.remove(out.size() - 1));
        }
        // No end of the message is announced: there is none to be told from what follows, and the connection ends
        // instead.
        out.add(marked);
    }

    private static String reasonOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return MalformedRequest.LONG_LINE;
        }
        return cause instanceof TooLongHttpHeaderException ? MalformedRequest.LONG_HEADER : MalformedRequest.SYNTAX;
    }

    /**
     * RFC 9113 dropped the upgrade to h2c, and RFC 9110 section 7.8 lets a server ignore any upgrade: ignored here, for an
     * upgraded connection would bypass these rules.
     */
    private static void ignoreH2cUpgrade(HttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** The reader index is always at the start of a line here, since Netty consumes whole lines only. */
    private void findFoldedLine(ByteBuf in) {
        int line = in.readerIndex();
        int end = in.writerIndex();
        while (line < end) {
            byte first = in.getByte(line);
            if (first == ' ' || first == '\t') {
                repaired = MalformedRequest.FOLDED_LINE;
                return;
            }
            int lineFeed = in.indexOf(line, end, LF);
            boolean headEnds = lineFeed < 0 || lineFeed == line || (lineFeed == line + 1 && first == '\r');
            if (headEnds) {
                return;
            }
            line = lineFeed + 1;
        }
    }
}

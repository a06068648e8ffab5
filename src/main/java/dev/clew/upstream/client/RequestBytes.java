package dev.clew.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;

/** The bytes of an HTTP/1.1 request (RFC 9112). */
final class RequestBytes {

    /** Holds most heads without growing. */
    private static final int USUAL_HEAD = 1024;

    private static final AsciiString END_OF_LINE = AsciiString.cached(" HTTP/1.1\r\n");
    private static final int CRLF = '\r' << 8 | '\n';
    private static final AsciiString LAST_CHUNK = AsciiString.cached("0\r\n\r\n");

    private RequestBytes() {}

    /**
     * Writes a head.
     *
     * @param chunked whether the body is sent in chunks; replaces any framing in the fields
     * @param more number of bytes that will be appended
     */
    static ByteBuf head(
            ByteBufAllocator allocator,
            HttpMethod method,
            String target,
            HeadersMultiMap fields,
            boolean chunked,
            int more) {
        fields.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (chunked) {
            fields.remove(HttpHeaderNames.CONTENT_LENGTH);
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        ByteBuf head = allocator.directBuffer(USUAL_HEAD + more);
        try {
            ByteBufUtil.copy(method.toNetty().asciiName(), head);
            head.writeByte(' ');
            head.writeCharSequence(target.isEmpty() ? "/" : target, StandardCharsets.UTF_8);
            ByteBufUtil.copy(END_OF_LINE, head);
            fields.encode(head);
            return head.writeShort(CRLF);
        } catch (RuntimeException fault) {
            head.release();
            throw fault;
        }
    }

    /** Writes the line in front of a chunk's data. */
    static void chunkSize(int size, ByteBuf to) {
        to.writeCharSequence(Integer.toHexString(size), StandardCharsets.US_ASCII);
        to.writeShort(CRLF);
    }

    static void chunkEnd(ByteBuf to) {
        to.writeShort(CRLF);
    }

    static void lastChunk(ByteBuf to) {
        ByteBufUtil.copy(LAST_CHUNK, to);
    }
}

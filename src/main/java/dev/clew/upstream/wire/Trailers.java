package dev.clew.upstream.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;

/** Collects trailers except the framing fields, which are not allowed there (RFC 9110 section 6.5.1). */
record Trailers(HttpHeaders fields) implements FieldLines.Reader {

    /** FieldLines has validated them. */
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    private static final int NO_LINES = "\r\n".length();

    /**
     * Parses a trailer section into the end of a response.
     *
     * @throws MalformedResponse for a malformed line
     */
    static LastHttpContent end(byte[] section) {
        if (section.length == NO_LINES) {
            return LastHttpContent.EMPTY_LAST_CONTENT;
        }
        LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, UNCHECKED);
        FieldLines.read(section, 0, new Trailers(last.trailingHeaders()));
        return last;
    }

    @Override
    public void read(AsciiString name, AsciiString value) {
        if (!HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                && !HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)
                && !HttpHeaderNames.TRAILER.contentEqualsIgnoreCase(name)) {
            fields.add(name, value);
        }
    }
}

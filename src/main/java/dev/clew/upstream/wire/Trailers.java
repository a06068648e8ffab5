package dev.clew.upstream.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** Adds trailers, but those that say how the message is framed, which must not be there (RFC 9110 section 6.5.1). */
record Trailers(HttpHeaders fields) implements FieldLines.Reader {

    @Override
    public void read(String name, String value) {
        if (!HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                && !HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)
                && !HttpHeaderNames.TRAILER.contentEqualsIgnoreCase(name)) {
            fields.add(name, value);
        }
    }
}

package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HPACK decoder (RFC 7541), with a bound on the number of fields as well, and with what it has of a head that
 * it refuses. The table that client and decoder share is kept right whatever is refused.
 */
final class Http2HeadDecoder {

    private final Decoder decoder;
    private @Nullable BoundedHeaders latest;
    private @Nullable String fault;

    /**
     * @param fields the most fields, without pseudo-headers; from 1
     * @param size the most bytes of all, as RFC 9113 section 6.5.2 counts them
     */
    Http2HeadDecoder(int fields, long size) {
        this.decoder = new Decoder(fields, size);
    }

    /**
     * Decodes a block.
     *
     * @return its fields, but for those that no request may have
     * @throws Http2Exception a connection error when the table cannot be relied on any more
     */
    Http2Headers decode(int stream, ByteBuf block) throws Http2Exception {
        fault = null;
        try {
            decoder.decodeHeaders(stream, block);
        } catch (Http2Exception.HeaderListSizeException tooLarge) {
            fault = MalformedRequest.LONG_HEADER;
        } catch (Http2Exception e) {
            if (!Http2Exception.isStreamError(e)) {
                throw e;
            }
            fault = MalformedRequest.SYNTAX;
        }
        BoundedHeaders head = decoder.taken();
        if (head.isMalformed()) {
            fault = MalformedRequest.SYNTAX;
        }
        if (head.isTooMany()) {
            fault = MalformedRequest.LONG_HEADER;
        }
        head.joinCrumbs();
        latest = head;
        return head;
    }

    /** One of {@link MalformedRequest}'s reasons to refuse the head decoded last; null for none. */
    @Nullable String fault() {
        return fault;
    }

    /** Returns the size of the head decoded last, in bytes as RFC 9113 section 6.5.2 counts them. */
    int size() {
        return latest == null ? 0 : latest.size;
    }

    /** Returns whether it has a field that only a request's or a response's head may have (RFC 9113 section 8.3). */
    boolean hasPseudoHeaders() {
        return latest != null && latest.hasPseudoHeaders;
    }

    private static final class Decoder extends DefaultHttp2HeadersDecoder {

        private final int most;
        private BoundedHeaders begun;

        Decoder(int most, long size) {
            // Netty would drop all that follows a fault, the trace context among it.
            super(false, size);
            this.most = most;
            this.begun = new BoundedHeaders(most, 0);
        }

        @Override
        protected Http2Headers newHeaders() {
            begun = new BoundedHeaders(most, numberOfHeadersGuess());
            return begun;
        }

        BoundedHeaders taken() {
            return begun;
        }
    }

    /**
     * Keeps no more fields than are allowed, and a cookie's crumbs as the one field that they are (RFC 9113 section
     * 8.2.3).
     */
    private static final class BoundedHeaders extends DefaultHttp2Headers {

        /** Bytes that a field takes beside its name and value (RFC 9113 section 6.5.2). */
        private static final int AROUND = 32;

        private final int most;
        private int count;
        private int size;
        private boolean hasPseudoHeaders;
        private boolean malformed;
        private @Nullable CharSequence cookie;
        private @Nullable StringBuilder crumbs;

        BoundedHeaders(int most, int guess) {
            super(false, guess);
            this.most = most;
        }

        boolean isMalformed() {
            return malformed;
        }

        boolean isTooMany() {
            return count > most;
        }

        @Override
        public Http2Headers add(CharSequence name, CharSequence value) {
            size += name.length() + value.length() + AROUND;
            if (HttpHeaderNames.COOKIE.contentEquals(name)) {
                addCrumb(value);
                return this;
            }
            boolean isPseudoHeader = PseudoHeaderName.hasPseudoHeaderFormat(name);
            hasPseudoHeaders |= isPseudoHeader;
            if (isPseudoHeader ? !isPseudoHeaderRight(name) : !isFieldRight(name, value)) {
                malformed = true;
                return this;
            }
            return isPseudoHeader || ++count <= most ? super.add(name, value) : this;
        }

        /** RFC 9113 section 8.3: a request's, once, and in front of all fields. */
        private boolean isPseudoHeaderRight(CharSequence name) {
            PseudoHeaderName known = PseudoHeaderName.getPseudoHeader(name);
            return known != null && known.isRequestOnly() && count == 0 && !contains(name);
        }

        /** RFC 9113 sections 8.2.1 and 8.2.2; values are looked at by {@link dev.clew.exchange.Http2Fields}. */
        private static boolean isFieldRight(CharSequence name, CharSequence value) {
            return name.length() > 0
                    && HttpHeaderValidationUtil.validateToken(name) < 0
                    && !hasUpperCase(name)
                    && !HttpHeaderValidationUtil.isConnectionHeader(name, true)
                    && !HttpHeaderValidationUtil.isTeNotTrailers(name, value);
        }

        private static boolean hasUpperCase(CharSequence name) {
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                    return true;
                }
            }
            return false;
        }

        private void addCrumb(CharSequence value) {
            if (cookie == null) {
                count++;
                cookie = value;
            } else {
                if (crumbs == null) {
                    crumbs = new StringBuilder().append(cookie);
                }
                crumbs.append("; ").append(value);
            }
        }

        void joinCrumbs() {
            if (cookie != null) {
                super.add(HttpHeaderNames.COOKIE, crumbs == null ? cookie : crumbs.toString());
            }
        }
    }
}

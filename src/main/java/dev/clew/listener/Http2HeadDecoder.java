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
 * Netty's HPACK decoder (RFC 7541) with a limit on the number of fields, and with the fields decoded from a rejected
 * head. The dynamic table stays synchronised with the client's even after a rejection.
 */
final class Http2HeadDecoder {

    private final Decoder decoder;
    private @Nullable BoundedHeaders latest;
    private @Nullable String fault;

    /**
     * @param fields the limit on fields other than pseudo-headers; from 1
     * @param size the limit on the head's bytes, counted as in RFC 9113 section 6.5.2
     */
    Http2HeadDecoder(int fields, long size) {
        this.decoder = new Decoder(fields, size);
    }

    /**
     * Decodes a field block.
     *
     * @return its fields, without those invalid in a request
     * @throws Http2Exception a connection error after which the dynamic table is unusable
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

    /** Returns one of {@link MalformedRequest}'s reasons to reject the latest head; null for none. */
    @Nullable String fault() {
        return fault;
    }

    /** Returns the size of the latest head in bytes, counted as in RFC 9113 section 6.5.2. */
    int size() {
        return latest == null ? 0 : latest.size;
    }

    /** Returns whether the latest block has pseudo-headers, which trailers must not have (RFC 9113 section 8.1). */
    boolean hasPseudoHeaders() {
        return latest != null && latest.hasPseudoHeaders;
    }

    private static final class Decoder extends DefaultHttp2HeadersDecoder {

        private final int most;
        private BoundedHeaders begun;

        Decoder(int most, long size) {
            // With validation Netty would drop the fields after a fault, the trace context included.
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

    /** Headers that keep no more fields than the limit, and a cookie's crumbs as one field (RFC 9113 section 8.2.3). */
    private static final class BoundedHeaders extends DefaultHttp2Headers {

        /** The overhead of a field in bytes (RFC 9113 section 6.5.2). */
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

        /** Accepts request pseudo-headers, each once and ahead of all fields (RFC 9113 section 8.3). */
        private boolean isPseudoHeaderRight(CharSequence name) {
            PseudoHeaderName known = PseudoHeaderName.getPseudoHeader(name);
            return known != null && known.isRequestOnly() && count == 0 && !contains(name);
        }

        /** Checks a field by RFC 9113 sections 8.2.1 and 8.2.2; {@link dev.clew.exchange.Http2Fields} checks values. */
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

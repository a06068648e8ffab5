package dev.clew.listener;

import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request rejected by the decoder, marked so that the pipeline responds to it with a trace, a problem document and an
 * access-log line like any other.
 *
 * <p>The mark is a header whose name begins with a colon, which no client can send: HTTP/1 header names must be tokens
 * (RFC 9110 section 5.1), and an HTTP/2 head with an unknown pseudo-header is rejected (RFC 9113 section 8.3).
 */
public final class MalformedRequest {

    /** The request line or a header line violates the grammar. */
    public static final String SYNTAX = "syntax";

    /** More than one {@code Content-Length} or {@code Transfer-Encoding}, or both, or chunked in HTTP/1.0. */
    public static final String AMBIGUOUS_LENGTH = "ambiguous-length";

    /** No {@code Host}, or more than one: 400 by RFC 9112 section 3.2, even if the target itself names the host. */
    public static final String HOST_COUNT = "host-count";

    /** A header line continued on the next (obs-fold). */
    public static final String FOLDED_LINE = "folded-line";

    /** A request line beyond {@code quarkus.http.limits.max-initial-line-length}. */
    public static final String LONG_LINE = "long-line";

    /** A header section beyond {@code quarkus.http.limits.max-header-size}. */
    public static final String LONG_HEADER = "long-header";

    /** More fields, in a header section or in trailers, than {@code clew.max-header-fields}. */
    public static final String MANY_FIELDS = "many-fields";

    /** An unsupported transfer coding: 501 by RFC 9112 section 6.1. */
    public static final String UNKNOWN_CODING = "unknown-coding";

    /** A chunk whose size or line end violates the grammar. */
    public static final String CHUNK = "chunk";

    /** A head that was incomplete at its deadline. */
    public static final String LATE_HEAD = "late-head";

    static final String MARK = ":malformed";

    private MalformedRequest() {}

    /** Returns one of this class's reasons, or null for a valid request. */
    public static @Nullable String reasonOf(HttpServerRequest request) {
        return request.headers().get(MARK);
    }

    /** @param cause Netty's decoding failure */
    static String reasonOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return LONG_LINE;
        }
        if (cause instanceof ContentLengthNotAllowedException) {
            return AMBIGUOUS_LENGTH;
        }
        return cause instanceof TooLongHttpHeaderException ? LONG_HEADER : SYNTAX;
    }

    /** @param decoded the parts of the request decoded so far; empty without a complete request line */
    static HttpRequest mark(List<Object> decoded, String reason) {
        HttpRequest rejected = !decoded.isEmpty() && decoded.get(0) instanceof HttpRequest known
                ? known
                : new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", HeadersMultiMap.headers());
        HeadersMultiMap headers = HeadersMultiMap.headers();
        for (Map.Entry<String, String> header : rejected.headers()) {
            headers.add(header.getKey(), header.getValue());
        }
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        headers.remove(HttpHeaderNames.EXPECT);
        headers.remove(HttpHeaderNames.UPGRADE);
        headers.remove(HttpHeaderNames.CONNECTION);
        headers.set(MARK, reason);
        return new DefaultHttpRequest(version(rejected, reason), rejected.method(), rejected.uri(), headers);
    }

    /**
     * Keeps the version of a request whose only fault is the host: HTTP/1.0 requires none, so that others decide by
     * version.
     */
    private static HttpVersion version(HttpRequest rejected, String reason) {
        return reason.equals(HOST_COUNT) ? rejected.protocolVersion() : HttpVersion.HTTP_1_1;
    }
}

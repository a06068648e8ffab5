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
 * A request the decoder refused, marked so that the pipeline answers it: with a trace, a problem document and an access-log
 * line like any other.
 *
 * <p>The mark is a header whose name begins with a colon. No client can send it: HTTP/1 header names must be tokens (RFC 9110
 * section 5.1), and over HTTP/2 a head with an unknown pseudo-header is itself refused (RFC 9113 section 8.3).
 */
public final class MalformedRequest {

    /** The request line or a header line does not follow the grammar. */
    public static final String SYNTAX = "syntax";

    /** More than one {@code Content-Length} or {@code Transfer-Encoding}, or both, or chunked in HTTP/1.0. */
    public static final String AMBIGUOUS_LENGTH = "ambiguous-length";

    /** No {@code Host}, or more than one: 400 by RFC 9112 section 3.2, also where the target itself names the host. */
    public static final String HOST_COUNT = "host-count";

    /** A header line continued on the next (obs-fold). */
    public static final String FOLDED_LINE = "folded-line";

    /** A request line beyond {@code quarkus.http.limits.max-initial-line-length}. */
    public static final String LONG_LINE = "long-line";

    /** A header section beyond {@code quarkus.http.limits.max-header-size}. */
    public static final String LONG_HEADER = "long-header";

    /** More fields, in a header section or in trailers, than {@code clew.max-header-fields}. */
    public static final String MANY_FIELDS = "many-fields";

    /** A transfer coding that this server does not know: 501 by RFC 9112 section 6.1. */
    public static final String UNKNOWN_CODING = "unknown-coding";

    /** A chunk whose size or end does not follow the grammar. */
    public static final String CHUNK = "chunk";

    /** A head that was not whole in time. */
    public static final String LATE_HEAD = "late-head";

    static final String MARK = ":malformed";

    private MalformedRequest() {}

    /** One of this class's reasons, or null for a request that was decoded. */
    public static @Nullable String reasonOf(HttpServerRequest request) {
        return request.headers().get(MARK);
    }

    /** @param cause why Netty could not decode it */
    static String reasonOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return LONG_LINE;
        }
        if (cause instanceof ContentLengthNotAllowedException) {
            return AMBIGUOUS_LENGTH;
        }
        return cause instanceof TooLongHttpHeaderException ? LONG_HEADER : SYNTAX;
    }

    /** @param decoded what is known of the request; empty when not even its first line has come */
    static HttpRequest mark(List<Object> decoded, String reason) {
        HttpRequest refused = !decoded.isEmpty() && decoded.get(0) instanceof HttpRequest known
                ? known
                : new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", HeadersMultiMap.headers());
        HeadersMultiMap headers = HeadersMultiMap.headers();
        for (Map.Entry<String, String> header : refused.headers()) {
            headers.add(header.getKey(), header.getValue());
        }
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        headers.remove(HttpHeaderNames.EXPECT);
        headers.remove(HttpHeaderNames.UPGRADE);
        headers.remove(HttpHeaderNames.CONNECTION);
        headers.set(MARK, reason);
        return new DefaultHttpRequest(version(refused, reason), refused.method(), refused.uri(), headers);
    }

    /**
     * Of a request whose head is sound but for the host, which HTTP/1.0 does not ask for, others judge by the version.
     */
    private static HttpVersion version(HttpRequest refused, String reason) {
        return reason.equals(HOST_COUNT) ? refused.protocolVersion() : HttpVersion.HTTP_1_1;
    }
}

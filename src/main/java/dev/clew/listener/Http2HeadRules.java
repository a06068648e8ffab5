package dev.clew.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.net.HostAndPort;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for an HTTP/2 request head, checked before Vert.x sees it, because Vert.x and Netty would reset its stream
 * or close the connection without a response (RFC 9113 sections 8.1.1 and 8.3.1). {@link dev.clew.exchange.Http2Fields}
 * has the other rules.
 */
final class Http2HeadRules {

    /** Ensures that the value fits into a {@code long}. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private static final String GET = "GET";
    private static final String CONNECT = "CONNECT";

    private Http2HeadRules() {}

    /** Returns one of {@link MalformedRequest}'s reasons, or null for a valid head. */
    static @Nullable String fault(Http2Headers head, boolean endsStream) {
        if (!isMethod(head.method()) || !areTargetPartsRight(head)) {
            return MalformedRequest.SYNTAX;
        }
        if (!isHostRight(head)) {
            return MalformedRequest.HOST_COUNT;
        }
        CharSequence length = head.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null) {
            return null;
        }
        if (!isLength(length)) {
            return MalformedRequest.SYNTAX;
        }
        boolean isOnlyOne = head.getAll(HttpHeaderNames.CONTENT_LENGTH).size() == 1;
        return isOnlyOne && (!endsStream || isZero(length)) ? null : MalformedRequest.AMBIGUOUS_LENGTH;
    }

    /** Creates a valid head with the reason for the rejection; the pipeline responds to it as to any request. */
    static Http2Headers marked(Http2Headers rejected, String reason) {
        Http2Headers head = new DefaultHttp2Headers(false);
        CharSequence method = rejected.method();
        head.method(isMethod(method) && !isConnect(method) ? method : GET);
        CharSequence scheme = rejected.scheme();
        head.scheme(scheme != null && "https".contentEquals(scheme) ? "https" : "http");
        CharSequence path = rejected.path();
        head.path(path != null && path.length() > 0 && path.charAt(0) == '/' ? path : "/");
        if (rejected.authority() != null && isHostRight(rejected)) {
            head.authority(rejected.authority());
        }
        for (Map.Entry<CharSequence, CharSequence> field : rejected) {
            if (isKept(field.getKey())) {
                head.add(field.getKey(), field.getValue());
            }
        }
        return head.add(MalformedRequest.MARK, reason);
    }

    private static boolean isKept(CharSequence name) {
        return name.length() > 0
                && name.charAt(0) != ':'
                && !HttpHeaderNames.HOST.contentEquals(name)
                && !HttpHeaderNames.CONTENT_LENGTH.contentEquals(name)
                && !HttpHeaderNames.EXPECT.contentEquals(name);
    }

    private static boolean isMethod(@Nullable CharSequence method) {
        return method != null && method.length() > 0 && HttpHeaderValidationUtil.validateToken(method) < 0;
    }

    private static boolean isConnect(CharSequence method) {
        return CONNECT.contentEquals(method);
    }

    /** Checks the pseudo-headers of the target (RFC 9113 sections 8.3.1 and 8.5). */
    private static boolean areTargetPartsRight(Http2Headers head) {
        CharSequence scheme = head.scheme();
        CharSequence path = head.path();
        return isConnect(head.method())
                ? scheme == null && path == null && head.authority() != null
                : scheme != null && path != null && path.length() > 0;
    }

    /** Allows at most one host, and {@code host} only if it equals {@code :authority}. */
    private static boolean isHostRight(Http2Headers head) {
        CharSequence field = head.get(HttpHeaderNames.HOST);
        CharSequence authority = head.authority();
        if (field == null) {
            return authority == null || parsed(authority) != null;
        }
        HostAndPort host = parsed(field);
        if (host == null || head.getAll(HttpHeaderNames.HOST).size() > 1) {
            return false;
        }
        HostAndPort asked = authority == null ? host : parsed(authority);
        return asked != null && asked.host().equals(host.host()) && asked.port() == host.port();
    }

    private static @Nullable HostAndPort parsed(CharSequence authority) {
        return HostAndPort.parseAuthority(authority.toString(), -1);
    }

    private static boolean isLength(CharSequence digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return digits.length() > 0 && digits.length() <= MAX_LENGTH_DIGITS;
    }

    private static boolean isZero(CharSequence digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}

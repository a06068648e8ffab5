package dev.clew.exchange;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.listener.MalformedRequest;
import dev.clew.route.RequestTarget;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for and how its body is delimited, read once and believed from there on.
 *
 * @param authority as received, from the absolute-form target, {@code :authority} or {@code Host}; empty when there was
 *     none
 * @param target null when it could not be read
 * @param bodyLength in bytes; 0 for no body, {@link #UNKNOWN} for one that ends when it ends
 * @param fault why the request must be refused; null when it need not
 */
public record RequestHead(
        String authority, @Nullable RequestTarget target, long bodyLength, @Nullable GatewayError fault) {

    /** A body whose length is not declared. */
    public static final long UNKNOWN = -1;

    private static final long INVALID = -2;
    private static final int MAX_LENGTH_DIGITS = 18;

    public boolean hasBody() {
        return bodyLength != 0;
    }

    public static RequestHead read(HttpServerRequest request) {
        boolean http2 = request.version() == HttpVersion.HTTP_2;
        String refused = MalformedRequest.reasonOf(request);
        RequestTarget target = target(request, http2);
        String authority =
                target != null && target.authority() != null ? target.authority() : authority(request, http2);
        if (refused != null) {
            return new RequestHead(authority, target, UNKNOWN, refusal(refused));
        }
        if (target == null) {
            return new RequestHead(authority, null, 0, malformed("The request target is malformed."));
        }
        if (http2 && !Http2Fields.areSound(request)) {
            return new RequestHead(authority, target, 0, malformed("The request's header fields are malformed."));
        }
        long length = http2 ? http2Length(request) : http1Length(request);
        return length == INVALID
                ? new RequestHead(authority, target, 0, malformed("The request's length is malformed."))
                : new RequestHead(authority, target, length, null);
    }

    /** HTTP/2 gives a path, or none to CONNECT: the host is said elsewhere, once (RFC 9113 section 8.3.1). */
    private static @Nullable RequestTarget target(HttpServerRequest request, boolean http2) {
        String uri = request.uri();
        boolean readable = uri != null && (!http2 || uri.startsWith("/"));
        return readable ? RequestTarget.parse(uri) : null;
    }

    private static String authority(HttpServerRequest request, boolean http2) {
        if (!http2) {
            String host = request.getHeader(HttpHeaders.HOST);
            return host == null ? "" : host;
        }
        // CONNECT has no scheme, which the router takes for granted when it is asked for an authority.
        HostAndPort authority = request.method().equals(HttpMethod.CONNECT) ? null : request.authority();
        if (authority == null) {
            return "";
        }
        return authority.port() < 0 ? authority.host() : authority.host() + ':' + authority.port();
    }

    /** The decoder has refused what is ambiguous (RFC 9112 section 6.3). */
    private static long http1Length(HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null) {
            return parseLength(declared);
        }
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? UNKNOWN : 0;
    }

    private static long http2Length(HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null) {
            return parseLength(declared);
        }
        // A later frame may say that there is no body after all; these methods have none worth an empty chunked one.
        HttpMethod method = request.method();
        boolean bodiless = Http2Stream.endsWithHead(request)
                || method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || method.equals(HttpMethod.TRACE);
        return bodiless ? 0 : UNKNOWN;
    }

    private static long parseLength(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_LENGTH_DIGITS) {
            return INVALID;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return INVALID;
            }
        }
        return Long.parseLong(digits);
    }

    /**
     * Returns the error of a request that the listener refused.
     *
     * @param reason one of {@link MalformedRequest}'s
     */
    public static GatewayError refusal(String reason) {
        return switch (reason) {
            case MalformedRequest.LONG_LINE ->
                GatewayError.of(ErrorKind.URI_TOO_LONG, "The request target is longer than this service accepts.");
            case MalformedRequest.LONG_HEADER ->
                GatewayError.of(
                        ErrorKind.HEADERS_TOO_LARGE, "The request's headers are larger than this service accepts.");
            case MalformedRequest.MANY_FIELDS ->
                GatewayError.of(
                        ErrorKind.HEADERS_TOO_LARGE, "The request has more header fields than this service accepts.");
            case MalformedRequest.UNKNOWN_CODING ->
                GatewayError.of(ErrorKind.CODING_UNKNOWN, "The request has a transfer coding that is not known here.");
            case MalformedRequest.CHUNK -> malformed("The request's body is not chunked as it has to be.");
            case MalformedRequest.AMBIGUOUS_LENGTH -> malformed("The request's length is ambiguous.");
            case MalformedRequest.HOST_COUNT ->
                GatewayError.of(ErrorKind.MALFORMED_HOST, "The request names no host, or more than one.");
            case MalformedRequest.LATE_HEAD ->
                GatewayError.of(ErrorKind.REQUEST_TIMEOUT, "The request's header fields did not arrive in time.");
            case MalformedRequest.FOLDED_LINE -> malformed("The request has a folded header line.");
            default -> malformed("The request does not follow the grammar of HTTP.");
        };
    }

    private static GatewayError malformed(String publicMessage) {
        return GatewayError.of(ErrorKind.MALFORMED_REQUEST, publicMessage);
    }
}

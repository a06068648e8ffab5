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
 * The request's authority, target and body length, parsed once.
 *
 * @param authority as received, from the absolute-form target, {@code :authority} or {@code Host}; empty if there was
 *     none
 * @param target null if it could not be parsed
 * @param bodyLength in bytes; 0 for no body, {@link #UNKNOWN} for a body of undeclared length
 * @param fault the error with which the request must be rejected; null if it is valid
 */
public record RequestHead(
        String authority, @Nullable RequestTarget target, long bodyLength, @Nullable GatewayError fault) {

    /** The length of a body of undeclared length. */
    public static final long UNKNOWN = -1;

    private static final long INVALID = -2;
    private static final int MAX_LENGTH_DIGITS = 18;

    public boolean hasBody() {
        return bodyLength != 0;
    }

    public static RequestHead read(HttpServerRequest request) {
        boolean http2 = request.version() == HttpVersion.HTTP_2;
        String rejected = MalformedRequest.reasonOf(request);
        RequestTarget target = target(request, http2);
        String authority =
                target != null && target.authority() != null ? target.authority() : authority(request, http2);
        if (rejected != null) {
            return new RequestHead(authority, target, UNKNOWN, rejection(rejected));
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

    /**
     * Parses the target. HTTP/2 carries a path, or none with CONNECT; the host is in {@code :authority} (RFC 9113
     * section 8.3.1).
     */
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
        // Vert.x's router requires a scheme for the authority; CONNECT has none.
        HostAndPort authority = request.method().equals(HttpMethod.CONNECT) ? null : request.authority();
        if (authority == null) {
            return "";
        }
        return authority.port() < 0 ? authority.host() : authority.host() + ':' + authority.port();
    }

    /** Returns the declared length; the decoder has rejected ambiguous ones (RFC 9112 section 6.3). */
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
        // A later frame may still reveal that there is no body; for these methods an empty chunked body is not worth
        // sending.
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
     * Returns the error of a request that the listener rejected.
     *
     * @param reason one of the constants of {@link MalformedRequest}
     */
    public static GatewayError rejection(String reason) {
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
                GatewayError.of(ErrorKind.CODING_UNKNOWN, "The request has an unsupported transfer coding.");
            case MalformedRequest.CHUNK -> malformed("The request's body has malformed chunks.");
            case MalformedRequest.AMBIGUOUS_LENGTH -> malformed("The request's length is ambiguous.");
            case MalformedRequest.HOST_COUNT ->
                GatewayError.of(ErrorKind.MALFORMED_HOST, "The request has no host, or more than one.");
            case MalformedRequest.LATE_HEAD ->
                GatewayError.of(ErrorKind.REQUEST_TIMEOUT, "The request's header fields did not arrive in time.");
            case MalformedRequest.FOLDED_LINE -> malformed("The request has a folded header line.");
            default -> malformed("The request is not valid HTTP.");
        };
    }

    private static GatewayError malformed(String publicMessage) {
        return GatewayError.of(ErrorKind.MALFORMED_REQUEST, publicMessage);
    }
}

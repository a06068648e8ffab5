package dev.clew.error;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps a failure to its response: status, header fields and problem document (RFC 9457). Pure functions. */
public final class ErrorResponder {

    /** The media type of a problem document (RFC 9457 section 3). */
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final String GRPC_CONTENT_TYPE = "application/grpc";
    private static final String TYPE_PREFIX = "urn:clew:error:";
    private static final String RETRY_SECONDS = "1";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ErrorResponder() {}

    /**
     * A response to be sent.
     *
     * @param closesConnection whether an HTTP/1 connection must be closed after it
     */
    public record Response(
            int status, String title, Map<String, String> headers, String body, boolean closesConnection) {}

    /**
     * Returns the response to a failed request.
     *
     * @param traceId 32 hexadecimal digits, by which the reader of the body can name the request to support; null where
     *     nothing is traced, as on the management port
     */
    public static Response response(GatewayError error, @Nullable String traceId) {
        ErrorKind kind = error.kind();
        Map<String, String> headers = new LinkedHashMap<>(error.headers());
        headers.put("content-type", CONTENT_TYPE);
        headers.put("cache-control", "no-store");
        if (kind.status() == 503) {
            headers.putIfAbsent("retry-after", RETRY_SECONDS);
        }
        return new Response(kind.status(), kind.title(), headers, body(error, traceId), closesConnection(kind));
    }

    /**
     * Returns the response to a failed gRPC call ("gRPC over HTTP2", Trailers-Only). It has no body, so that its header
     * section is also the end of the response.
     */
    public static Response grpcResponse(GatewayError error) {
        Map<String, String> headers = new LinkedHashMap<>(error.headers());
        headers.put("content-type", GRPC_CONTENT_TYPE);
        headers.put("grpc-status", GrpcStatus.of(error.kind()).code());
        headers.put("grpc-message", error.kind().code() + ": " + percentEncoded(error.publicMessage()));
        return new Response(200, "OK", headers, "", false);
    }

    /**
     * Returns true if the rest of the request is unread or cannot be told from the next one (RFC 9112 section 9.6), or
     * if every further request on the connection would fail in the same way.
     */
    private static boolean closesConnection(ErrorKind kind) {
        return switch (kind) {
            case MALFORMED_REQUEST,
                    MALFORMED_HOST,
                    REQUEST_TOO_LARGE,
                    REQUEST_TIMEOUT,
                    MISDIRECTED,
                    CONNECTIONS_LIMITED,
                    URI_TOO_LONG,
                    CODING_UNKNOWN,
                    HEADERS_TOO_LARGE -> true;
            default -> false;
        };
    }

    private static String body(GatewayError error, @Nullable String traceId) {
        ErrorKind kind = error.kind();
        StringBuilder json = new StringBuilder(256);
        json.append("{\"type\":\"").append(TYPE_PREFIX).append(kind.code());
        json.append("\",\"title\":\"").append(kind.title());
        json.append("\",\"status\":").append(kind.status());
        json.append(",\"detail\":\"").append(escaped(error.publicMessage()));
        json.append("\",\"code\":\"").append(kind.code());
        if (traceId != null) {
            json.append("\",\"trace_id\":\"").append(traceId);
        }
        return json.append("\"}").toString();
    }

    /** Escapes a JSON string (RFC 8259 section 7). Only a message of an operator's filter needs it. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append("\\u00").append(HEX.toHexDigits((byte) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Encodes a status message ("gRPC over HTTP2", Percent-Encoded). */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < ' ' || b > '~' || b == '%') {
                encoded.append('%').append(HEX.toHexDigits(b));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }
}

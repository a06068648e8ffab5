package dev.clew.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failure that the gateway's filters throw. {@link #publicMessage} is sent to the client and names no header value,
 * address or other tenant; {@link #detail} is written to the operator's log.
 */
public final class GatewayError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String publicMessage;
    private final @Nullable String detail;
    private final transient Map<String, String> headers;

    private GatewayError(ErrorKind kind, String publicMessage, @Nullable String detail, Map<String, String> headers) {
        // The kind says it all; a stack trace costs more than the rest of a rejected request.
        super(publicMessage, null, false, false);
        this.kind = kind;
        this.publicMessage = publicMessage;
        this.detail = detail;
        this.headers = headers;
    }

    public static GatewayError of(ErrorKind kind, String publicMessage) {
        return new GatewayError(kind, publicMessage, null, Map.of());
    }

    /** @param detail for the operator; no part of a message's content, which a decoder's error may quote */
    public static GatewayError of(ErrorKind kind, String publicMessage, String detail) {
        return new GatewayError(kind, publicMessage, detail, Map.of());
    }

    /** Returns this error with one response header field, such as {@code Allow} (RFC 9110 section 10.2.1). */
    public GatewayError withHeader(String name, String value) {
        return new GatewayError(kind, publicMessage, detail, Map.of(name, value));
    }

    public ErrorKind kind() {
        return kind;
    }

    public String publicMessage() {
        return publicMessage;
    }

    /** Returns the detail for the operator, which may name addresses; null if the kind is enough. */
    public @Nullable String detail() {
        return detail;
    }

    public Map<String, String> headers() {
        return headers;
    }
}

package dev.clew.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one failure the gateway's filters raise. It has two audiences: {@link #publicMessage} goes to whoever sent the
 * request and names no header value, address or other tenant; {@link #detail} goes to the operator's log.
 */
public final class GatewayError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String publicMessage;
    private final @Nullable String detail;
    private final transient Map<String, String> headers;

    private GatewayError(ErrorKind kind, String publicMessage, @Nullable String detail, Map<String, String> headers) {
        // A stack trace says nothing here (the kind does) and costs more than the rest of a refused request.
        super(publicMessage, null, false, false);
        this.kind = kind;
        this.publicMessage = publicMessage;
        this.detail = detail;
        this.headers = headers;
    }

    public static GatewayError of(ErrorKind kind, String publicMessage) {
        return new GatewayError(kind, publicMessage, null, Map.of());
    }

    /** @param detail for the operator: no part of a message's content, which a decoder's complaint may quote */
    public static GatewayError of(ErrorKind kind, String publicMessage, String detail) {
        return new GatewayError(kind, publicMessage, detail, Map.of());
    }

    /** As this one, with one more response header, such as {@code Allow} (RFC 9110 section 10.2.1). */
    public GatewayError withHeader(String name, String value) {
        return new GatewayError(kind, publicMessage, detail, Map.of(name, value));
    }

    public ErrorKind kind() {
        return kind;
    }

    public String publicMessage() {
        return publicMessage;
    }

    /** For the operator only; may name addresses. Null when the kind says it all. */
    public @Nullable String detail() {
        return detail;
    }

    public Map<String, String> headers() {
        return headers;
    }
}

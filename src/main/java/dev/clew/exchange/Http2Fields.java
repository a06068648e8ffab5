package dev.clew.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * The validation of header fields received over HTTP/2, whose frames can carry what HTTP/1 would take for the end of a
 * line, and can repeat what must be unique (RFC 9113 sections 8.2.1 and 8.3). HTTP/1 fields are validated by the
 * decoders.
 */
public final class Http2Fields {

    private Http2Fields() {}

    /** Returns whether every field name and value is valid in HTTP/1 as well. */
    public static boolean areSound(MultiMap fields) {
        for (Map.Entry<String, String> field : fields) {
            if (!isSound(field.getKey(), field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a request's fields are valid and unambiguous. */
    static boolean areSound(HttpServerRequest request) {
        String scheme = request.scheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return false;
        }
        int hosts = 0;
        for (Map.Entry<String, String> field : request.headers()) {
            String name = field.getKey();
            String value = field.getValue();
            if (!isSound(name, value) || endsInBlank(value) || (isPseudo(name) && !isKnownPseudo(name))) {
                return false;
            }
            hosts += HttpHeaderNames.HOST.contentEqualsIgnoreCase(name) ? 1 : 0;
        }
        return hosts <= 1;
    }

    private static boolean isSound(String name, String value) {
        return !name.isEmpty()
                && (isPseudo(name) || HttpHeaderValidationUtil.validateToken(name) < 0)
                && HttpHeaderValidationUtil.validateValidHeaderValue(value) < 0;
    }

    private static boolean isPseudo(String name) {
        return name.charAt(0) == ':';
    }

    /** The codec rejects repeated ones; extended CONNECT (RFC 8441) is not offered. */
    private static boolean isKnownPseudo(String name) {
        return switch (name) {
            case ":method", ":scheme", ":authority", ":path" -> true;
            default -> false;
        };
    }

    private static boolean endsInBlank(String value) {
        int last = value.length() - 1;
        return last >= 0 && (value.charAt(last) == ' ' || value.charAt(last) == '\t');
    }
}

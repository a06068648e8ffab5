package dev.clew.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * What must hold for fields that came over HTTP/2, since frames can carry what HTTP/1 would take for the end of a line,
 * and say twice what must be said once (RFC 9113 sections 8.2.1 and 8.3). Of HTTP/1 fields the decoders have made sure.
 */
public final class Http2Fields {

    private Http2Fields() {}

    /** Whether no field could be taken for anything else. */
    public static boolean areSound(MultiMap fields) {
        for (Map.Entry<String, String> field : fields) {
            if (!isSound(field.getKey(), field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether those of a request are sound, and each can only be understood in one way. */
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

    /** The codec has seen to it that each is there once; extended CONNECT (RFC 8441) is not offered. */
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

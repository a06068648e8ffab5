package dev.clew.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * What must hold for the fields of an HTTP/2 request, since frames can carry what HTTP/1 would take for the end of a line, and say
 * twice what must be said once (RFC 9113 sections 8.2.1 and 8.3). Of HTTP/1 fields the decoder has made sure.
 */
final class Http2Fields {

    private final HttpServerRequest request;
    private int hosts;

    private Http2Fields(HttpServerRequest request) {
        this.request = request;
    }

    static boolean areSound(HttpServerRequest request) {
        return new Http2Fields(request).areSound();
    }

    private boolean areSound() {
        String scheme = request.scheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return false;
        }
        for (Map.Entry<String, String> field : request.headers()) {
            if (!isNameSound(field.getKey()) || !isValueSound(field.getValue())) {
                return false;
            }
        }
        return hosts <= 1;
    }

    private boolean isNameSound(String name) {
        if (name.isEmpty()) {
            return false;
        }
        if (name.charAt(0) == ':') {
            return isKnownPseudoField(name);
        }
        hosts += HttpHeaderNames.HOST.contentEqualsIgnoreCase(name) ? 1 : 0;
        return HttpHeaderValidationUtil.validateToken(name) < 0;
    }

    /** The codec has seen to it that each is there once; extended CONNECT (RFC 8441) is not offered. */
    private static boolean isKnownPseudoField(String name) {
        return switch (name) {
            case ":method", ":scheme", ":authority", ":path" -> true;
            default -> false;
        };
    }

    private static boolean isValueSound(String value) {
        int last = value.length() - 1;
        return HttpHeaderValidationUtil.validateValidHeaderValue(value) < 0
                && (last < 0 || (value.charAt(last) != ' ' && value.charAt(last) != '\t'));
    }
}

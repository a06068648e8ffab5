package dev.clew.listener;

import dev.clew.grammar.TokenList;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;

/** The fields about the connection in heads, read as the lists that they are; Vert.x compares whole lines. */
final class ConnectionFields {

    private ConnectionFields() {}

    /**
     * Returns whether a message is the connection's last (RFC 9112 section 9.6), on whichever of its lines it says so.
     */
    static boolean saysClose(HttpMessage message) {
        return lists(message.headers(), HttpHeaderNames.CONNECTION, "close");
    }

    private static boolean lists(HttpHeaders headers, CharSequence name, String token) {
        if (headers.contains(name)) {
            Iterator<? extends CharSequence> lines = headers.valueCharSequenceIterator(name);
            while (lines.hasNext()) {
                if (TokenList.contains(lines.next(), token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Fits a sound request to how Vert.x will read it. Returns whether it is to be the connection's last. */
    static boolean prepare(HttpRequest request) {
        ignoreH2cUpgrade(request.headers());
        boolean last = saysClose(request);
        if (last) {
            spellOutClose(request);
        }
        return last;
    }

    private static void spellOutClose(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            // One line of several members, which is not the one that would keep the connection open.
            headers.set(HttpHeaderNames.CONNECTION, String.join(", ", headers.getAll(HttpHeaderNames.CONNECTION)));
        } else if (!headers.contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /**
     * RFC 9113 dropped the upgrade to h2c, and RFC 9110 section 7.8 lets a server ignore any upgrade: ignored here, for
     * an upgraded connection would bypass the listener's rules.
     */
    private static void ignoreH2cUpgrade(HttpHeaders headers) {
        if (lists(headers, HttpHeaderNames.UPGRADE, "h2c")) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }
}

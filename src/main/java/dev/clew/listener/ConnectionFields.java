package dev.clew.listener;

import dev.clew.grammar.TokenList;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;

/** The {@code Connection} and {@code Upgrade} fields of heads, parsed as lists; Vert.x compares whole lines. */
final class ConnectionFields {

    private ConnectionFields() {}

    /**
     * Returns whether a message is the connection's last (RFC 9112 section 9.6) by any of its {@code Connection} lines.
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

    /** Adapts a valid request to Vert.x's parsing. Returns whether it is the connection's last. */
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
            // Merged into one line, which differs from the keep-alive that Vert.x looks for.
            headers.set(HttpHeaderNames.CONNECTION, String.join(", ", headers.getAll(HttpHeaderNames.CONNECTION)));
        } else if (!headers.contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /**
     * Removes an upgrade to h2c, which would bypass the listener's rules. RFC 9113 dropped it, and RFC 9110 section 7.8
     * permits a server to ignore any upgrade.
     */
    private static void ignoreH2cUpgrade(HttpHeaders headers) {
        if (lists(headers, HttpHeaderNames.UPGRADE, "h2c")) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }
}

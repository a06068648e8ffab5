package dev.clew.network;

import dev.clew.grammar.HttpToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a {@code Forwarded} field: what one proxy says of a request as it got it (RFC 7239 section 4). Values
 * are without quotes; null for what is not said.
 *
 * @param node the other end of the connection: {@code for}
 * @param scheme {@code proto}
 * @param host {@code host}
 */
public record ForwardedElement(@Nullable String node, @Nullable String scheme, @Nullable String host) {

    /**
     * Reads the elements of all lines, in order; null where one of them does not follow the grammar, for then nobody
     * can tell where a client's words end and a proxy's begin. More than the grammar has, blanks may stand around the
     * semicolons, and values outside quotes may have what nodes and hosts need: {@code :}, {@code [} and {@code ]}.
     */
    static @Nullable List<ForwardedElement> parse(List<String> lines) {
        List<ForwardedElement> elements = new ArrayList<>();
        for (String line : lines) {
            if (!new Parser(line).read(elements)) {
                return null;
            }
        }
        return elements;
    }

    /**
     * Writes the element of a hop.
     *
     * @param peer an IP address; null when it is not known
     * @param host without quotes and backslashes
     */
    public static String write(@Nullable String peer, String host, String scheme) {
        String node = peer == null ? "unknown" : peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"";
        return "for=" + node + ";host=\"" + host + "\";proto=" + scheme;
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        /** Reads the whole text; false where it breaks the grammar. */
        boolean read(List<ForwardedElement> to) {
            do {
                ForwardedElement element = element();
                if (element == null) {
                    return false;
                }
                to.add(element);
            } while (skip(','));
            return at == text.length();
        }

        /**
         * Reads an element. Any of its pairs may be left out, even all:
         * {@code [ forwarded-pair ] *( ";" [ forwarded-pair ] )}.
         */
        private @Nullable ForwardedElement element() {
            ForwardedElement element = new ForwardedElement(null, null, null);
            do {
                skipBlanks();
                if (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',') {
                    int equals = text.indexOf('=', at);
                    if (equals < 0 || !HttpToken.is(text, at, equals)) {
                        return null;
                    }
                    String name = text.substring(at, equals);
                    at = equals + 1;
                    String value = value();
                    element = value == null ? null : element.with(name, value);
                    if (element == null) {
                        return null;
                    }
                    skipBlanks();
                }
            } while (skip(';'));
            return element;
        }

        /** Reads a token or a quoted string; null for neither. */
        private @Nullable String value() {
            if (skip('"')) {
                return quoted();
            }
            int start = at;
            while (at < text.length() && isPlain(text.charAt(at))) {
                at++;
            }
            return at == start ? null : text.substring(start, at);
        }

        private static boolean isPlain(char c) {
            return c > ' ' && c < 0x7f && "\",;=\\".indexOf(c) < 0;
        }

        /** Reads on behind the first quote; null when there is no second one. A backslash quotes what follows it. */
        private @Nullable String quoted() {
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                if (c == '\\' && at < text.length()) {
                    c = text.charAt(at++);
                }
                value.append(c);
            }
            return null;
        }

        private boolean skip(char wanted) {
            boolean found = at < text.length() && text.charAt(at) == wanted;
            at += found ? 1 : 0;
            return found;
        }

        private void skipBlanks() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }

    /** Returns the same with one pair more; null for a parameter that is there already (section 4: none twice). */
    private @Nullable ForwardedElement with(String name, String value) {
        if (name.equalsIgnoreCase("for")) {
            return node == null ? new ForwardedElement(value, scheme, host) : null;
        }
        if (name.equalsIgnoreCase("proto")) {
            return scheme == null ? new ForwardedElement(node, value, host) : null;
        }
        if (name.equalsIgnoreCase("host")) {
            return host == null ? new ForwardedElement(node, scheme, value) : null;
        }
        return this;
    }
}

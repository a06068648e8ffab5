package dev.clew.network;

import dev.clew.grammar.HttpToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a {@code Forwarded} field: one proxy's view of a request (RFC 7239 section 4). Values are without
 * quotes; null when absent.
 *
 * @param node the client or proxy that sent the request: {@code for}
 * @param scheme {@code proto}
 * @param host {@code host}
 */
public record ForwardedElement(@Nullable String node, @Nullable String scheme, @Nullable String host) {

    /**
     * Parses the elements of all lines, in order; null if any violates the grammar, since a client's part could then
     * not be told from a proxy's. Beyond the grammar, allows whitespace around semicolons, and {@code :}, {@code [} and
     * {@code ]} in unquoted values, which nodes and hosts need.
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

    /** Returns false if any of a field's lines violates the grammar. */
    public static boolean areValid(List<String> lines) {
        return parse(lines) != null;
    }

    /**
     * Formats the element of a hop.
     *
     * @param peer an IP address; null when unknown
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

        /** Parses the whole text; false if it violates the grammar. */
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

        /** Parses an element; all of its pairs are optional: {@code [ forwarded-pair ] *( ";" [ forwarded-pair ] )}. */
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

        /** Parses a token or a quoted string; null for neither. */
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

        /**
         * Parses from after the opening quote; null without a closing quote. A backslash escapes the next character.
         */
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

    /** Returns a copy with one more pair; null for a duplicate parameter (section 4). */
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

package dev.clew.action;

import dev.clew.grammar.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which header fields a tenant may change, and to what. */
public final class HeaderRules {

    private static final List<String> PREFIXES_OF_THE_GATEWAY =
            List.of("ot-baggage-", "ot-tracer-", "uberctx-", "x-b3-", "x-forwarded-");

    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 4096;

    /** About one connection or about where a message ends: RFC 9110 sections 7.6.1, 8.6, 10.1.1; RFC 9112 section 6. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** By which the gateway says who asked for what in which trace; nobody behind could believe them otherwise. */
    private static final Set<String> OF_THE_GATEWAY = Set.of(
            "b3",
            "baggage",
            "forwarded",
            "host",
            "jaeger-baggage",
            "jaeger-debug-id",
            "server-timing",
            "traceparent",
            "traceresponse",
            "tracestate",
            "uber-trace-id",
            "via",
            "x-amzn-trace-id",
            "x-real-ip",
            "x-span-id",
            "x-trace-force",
            "x-trace-id");

    private HeaderRules() {}

    /**
     * A name that may be changed, in lower case.
     *
     * @throws IllegalArgumentException as {@code header: (expected: …)}, without the name
     */
    public static String name(String text) {
        if (text.length() > MAX_NAME || !Token.is(text)) {
            throw expected("the name of a header field, a token of 1 to " + MAX_NAME + " characters");
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (OF_THE_CONNECTION.contains(name)) {
            throw expected("a field that does not belong to the connection");
        }
        if (OF_THE_GATEWAY.contains(name) || PREFIXES_OF_THE_GATEWAY.stream().anyMatch(name::startsWith)) {
            throw expected("a field that the gateway does not set itself");
        }
        return name;
    }

    /**
     * A value as RFC 9110 section 5.5 recommends it: visible ASCII, with spaces and tabs inside only.
     *
     * @throws IllegalArgumentException as {@code header: (expected: …)}, without the value
     */
    public static String value(String text) {
        boolean valid = !text.isEmpty() && text.length() <= MAX_VALUE && text.equals(text.strip());
        for (int i = 0; valid && i < text.length(); i++) {
            char c = text.charAt(i);
            valid = (c >= ' ' && c <= '~') || c == '\t';
        }
        if (!valid) {
            throw expected("a field value of 1 to " + MAX_VALUE + " printable ASCII characters");
        }
        return text;
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("header: (expected: " + what + ")");
    }
}

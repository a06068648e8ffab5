package dev.clew.action;

import dev.clew.grammar.HttpToken;
import dev.clew.header.HeaderRegistry;
import java.util.Locale;

/** Validation of the header fields that a tenant may change, and of their values. */
public final class HeaderRules {

    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 4096;

    private HeaderRules() {}

    /**
     * Returns a field name that may be changed, in lower case.
     *
     * @throws IllegalArgumentException as {@code header: (expected: …)}, without the name
     */
    public static String name(String text) {
        if (text.length() > MAX_NAME || !HttpToken.is(text)) {
            throw expected("the name of a header field, a token of 1 to " + MAX_NAME + " characters");
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (HeaderRegistry.of(name).isReserved()) {
            throw expected("a field that is neither about the connection nor set by the gateway");
        }
        return name;
    }

    /**
     * Checks a value: visible ASCII, with spaces and tabs inside only, as RFC 9110 section 5.5 recommends.
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

package dev.clew.access;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An issuer's claims about a caller (RFC 7519 section 4). */
public record Claims(Map<String, Object> values) {

    /** The empty set of claims. */
    public static final Claims NONE = new Claims(Map.of());

    /** RFC 8693 section 4.2. */
    private static final String SCOPE = "scope";

    /** The name that some issuers use instead. */
    private static final String SCP = "scp";

    private static final int LONGEST_TEXT = 4096;

    /** Returns a claim's string value; null when it is absent or not a string. */
    @Nullable String string(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** Returns whether a claim is this string, or a list that contains it. */
    boolean holds(String name, String wanted) {
        Object value = values.get(name);
        return value instanceof List<?> list ? list.contains(wanted) : wanted.equals(value);
    }

    boolean hasScope(String wanted) {
        String name = values.containsKey(SCOPE) ? SCOPE : SCP;
        String text = string(name);
        return text == null ? holds(name, wanted) : isListed(text, wanted);
    }

    private static boolean isListed(String scopes, String wanted) {
        int at = scopes.indexOf(wanted);
        while (at >= 0) {
            int end = at + wanted.length();
            if ((at == 0 || scopes.charAt(at - 1) == ' ') && (end == scopes.length() || scopes.charAt(end) == ' ')) {
                return true;
            }
            at = scopes.indexOf(wanted, at + 1);
        }
        return false;
    }

    /**
     * Formats a claim as a header field value: strings, numbers and booleans, and lists of them joined by commas.
     * Characters that could be taken for the end of a line or of an item are percent-encoded as UTF-8 (RFC 3986 section
     * 2.1).
     *
     * @return null when the claim is absent, of another type, empty or too long
     */
    @Nullable String field(String name) {
        Object value = values.get(name);
        StringBuilder text = new StringBuilder();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                text.append(text.isEmpty() ? "" : ",");
                if (!append(item, true, text)) {
                    return null;
                }
            }
        } else if (!append(value, false, text)) {
            return null;
        }
        return text.isEmpty() || text.length() > LONGEST_TEXT ? null : text.toString();
    }

    private static boolean append(@Nullable Object value, boolean inList, StringBuilder to) {
        if (!(value instanceof String) && !(value instanceof Number) && !(value instanceof Boolean)) {
            return false;
        }
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean edge = i == 0 || i == bytes.length - 1;
            boolean plain = c > ' ' && c <= '~' && c != '%' && (c != ',' || !inList);
            if (plain || (c == ' ' && !edge)) {
                to.append(c);
            } else {
                to.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
            }
        }
        return true;
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    /** Omits the claims, which are personal data. */
    @Override
    public String toString() {
        return "claims";
    }
}

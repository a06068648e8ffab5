package dev.clew.observe;

/** Redacts queries: keeps names and removes values (HTTP conventions, {@code url.query}). */
final class QueryRedaction {

    private static final String REDACTED = "REDACTED";
    private static final int MORE = 64;

    private QueryRedaction() {}

    /**
     * Replaces every value. A part without a name counts as a value, since it may be one.
     *
     * @param query as received, without "?"
     */
    static String redact(String query) {
        StringBuilder redacted = new StringBuilder(query.length() + MORE);
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            if (start > 0) {
                redacted.append('&');
            }
            append(query, start, end, redacted);
            start = end + 1;
        }
        return redacted.toString();
    }

    private static void append(String query, int start, int end, StringBuilder to) {
        if (start == end) {
            return;
        }
        int equals = query.indexOf('=', start);
        if (equals >= start && equals < end) {
            to.append(query, start, equals + 1);
        }
        to.append(REDACTED);
    }
}

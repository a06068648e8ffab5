package dev.clew.config.gateway;

import java.util.List;
import java.util.Optional;

/**
 * The access log.
 *
 * @param enabled whether requests write lines
 * @param path how paths are shown; empty for masked paths of requests that no route matched, and none of others
 * @param fields the fields of a line, without duplicates; empty for the standard ones
 * @param statuses of the requests that write lines; empty for all
 */
public record AccessLogSettings(
        boolean enabled, Optional<ShownPath> path, List<LogField> fields, List<StatusFilter> statuses) {

    public static final AccessLogSettings STANDARD =
            new AccessLogSettings(true, Optional.empty(), List.of(), List.of());

    public AccessLogSettings {
        fields = List.copyOf(fields);
        statuses = List.copyOf(statuses);
    }

    /** The part of a path that is shown. */
    public enum ShownPath {
        NEVER("never"),
        /** With segments that may be personal data replaced. */
        MASKED("masked"),
        /** Whole, without the query. */
        WHOLE("whole");

        private final String token;

        ShownPath(String token) {
            this.token = token;
        }

        /** Returns the value in a configuration file. */
        public String token() {
            return token;
        }
    }

    /**
     * A range of statuses: one, or a class.
     *
     * @param from inclusive
     * @param to inclusive
     */
    public record StatusFilter(int from, int to) {

        private static final int LENGTH = 3;
        private static final int CLASS = 100;

        /**
         * Parses a status such as {@code 404}, or a class such as {@code 5xx}.
         *
         * @throws IllegalArgumentException with the expected form
         */
        public static StatusFilter parse(String text) {
            boolean sized = text.length() == LENGTH && text.charAt(0) >= '1' && text.charAt(0) <= '5';
            if (sized && text.endsWith("xx")) {
                int from = (text.charAt(0) - '0') * CLASS;
                return new StatusFilter(from, from + CLASS - 1);
            }
            if (!sized || !isDigit(text.charAt(1)) || !isDigit(text.charAt(2))) {
                throw new IllegalArgumentException("expected: a status such as 404, or a class such as 5xx");
            }
            return new StatusFilter(Integer.parseInt(text), Integer.parseInt(text));
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }

    /** Returns whether requests with this status write lines. */
    public boolean hasStatus(int status) {
        if (statuses.isEmpty()) {
            return true;
        }
        for (StatusFilter filter : statuses) {
            if (status >= filter.from() && status <= filter.to()) {
                return true;
            }
        }
        return false;
    }
}

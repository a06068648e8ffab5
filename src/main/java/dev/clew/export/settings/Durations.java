package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import dev.clew.export.settings.Environment.Parser;
import java.time.Duration;

/** Parses durations: with a unit in a file, in milliseconds in a variable. */
final class Durations {

    /** Nearly 25 days: the replacement for a timeout of 0, which means none, and the longest duration accepted. */
    private static final Duration NO_LIMIT = Duration.ofMillis(Integer.MAX_VALUE);

    private static final int MAX_DIGITS = 10;

    private Durations() {}

    /**
     * Parses milliseconds. Zero means no timeout (OpenTelemetry specification, "Timeout") and yields the longest
     * duration.
     */
    static final Parser<Duration> TIMEOUT = new Millis(NO_LIMIT);

    /** Parses milliseconds, zero included. */
    static final Parser<Duration> DELAY = new Millis(Duration.ZERO);

    /** @param zero the meaning of zero */
    private record Millis(Duration zero) implements Parser<Duration> {

        @Override
        public Duration parse(String value) throws Malformed {
            int millis = Environment.integer(0, Integer.MAX_VALUE).parse(value);
            return millis == 0 ? zero : Duration.ofMillis(millis);
        }

        /** Parses a number of seconds, or a duration with a unit. */
        @Override
        public Parser<Duration> forQuarkus() {
            return value -> isNumber(value) ? withUnit(value + "s") : withUnit(value);
        }

        private static boolean isNumber(String value) {
            return value.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    /** Parses a number and {@code ms}, {@code s}, {@code m} or {@code h}, as in all configuration files. */
    static Duration withUnit(String value) throws Malformed {
        int digits = 0;
        while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') {
            digits++;
        }
        long unit =
                switch (value.substring(digits)) {
                    case "ms" -> 1;
                    case "s" -> 1000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 0;
                };
        if (unit > 0 && digits > 0 && digits <= MAX_DIGITS) {
            long millis = Long.parseLong(value.substring(0, digits)) * unit;
            if (millis > 0 && millis <= NO_LIMIT.toMillis()) {
                return Duration.ofMillis(millis);
            }
        }
        throw new Malformed("a duration such as 500ms, 5s, 2m or 1h");
    }
}

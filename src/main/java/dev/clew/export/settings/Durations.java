package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import java.time.Duration;

/** How long something may take: with a unit in a file, in milliseconds in a variable. */
final class Durations {

    /** Nearly 25 days: what a timeout of 0, which is none, comes to, and the longest that can be asked for. */
    private static final Duration NO_LIMIT = Duration.ofMillis(Integer.MAX_VALUE);

    private static final int MOST_DIGITS = 10;

    private Durations() {}

    /**
     * A timeout of zero means none (OpenTelemetry specification, "Timeout"); what can be represented comes close to it.
     */
    static Duration millis(String value) throws Malformed {
        int millis = Environment.integer(0, Integer.MAX_VALUE).parse(value);
        return millis == 0 ? NO_LIMIT : Duration.ofMillis(millis);
    }

    /** A number and {@code ms}, {@code s}, {@code m} or {@code h}, as everywhere in the configuration files. */
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
        if (unit > 0 && digits > 0 && digits <= MOST_DIGITS) {
            long millis = Long.parseLong(value.substring(0, digits)) * unit;
            if (millis > 0 && millis <= NO_LIMIT.toMillis()) {
                return Duration.ofMillis(millis);
            }
        }
        throw new Malformed("a duration such as 500ms, 5s, 2m or 1h");
    }
}

package dev.clew.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as configuration files have them: {@code 30s}, {@code 10m}, {@code 2h}. */
final class Period implements ITypeConverter<Duration> {

    private static final int MAX_DIGITS = 6;

    @Override
    public Duration convert(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits > 0 && digits <= MAX_DIGITS) {
            long number = Long.parseLong(text.substring(0, digits));
            return switch (text.substring(digits)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> throw malformed();
            };
        }
        throw malformed();
    }

    private static TypeConversionException malformed() {
        return new TypeConversionException("(expected: a duration such as 30s, 10m or 2h)");
    }
}

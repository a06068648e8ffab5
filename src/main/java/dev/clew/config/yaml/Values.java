package dev.clew.config.yaml;

import dev.clew.grammar.HttpToken;
import dev.clew.grammar.ResourceName;
import dev.clew.tenant.host.HostName;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.upstream.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Parsers of single values. Each rejects text with an {@link IllegalArgumentException} that names the expected format
 * and does not repeat the text.
 */
public final class Values {

    /** Parses a request method. */
    public static final Function<String, String> METHOD =
            word(Route.METHODS.stream().sorted().toList(), Function.identity());

    private static final int MAX_DIGITS = 15;
    private static final int MAX_TOKEN = 128;
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES = Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30);

    private Values() {}

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw expected("true or false");
        };
    }

    static Function<String, Integer> count(int from, int to) {
        return text -> {
            long value = digits(text) == text.length() && text.length() <= MAX_DIGITS && !text.isEmpty()
                    ? Long.parseLong(text)
                    : -1;
            if (value < from || value > to) {
                throw expected("a whole number from " + from + " to " + to);
            }
            return (int) value;
        };
    }

    public static double ratio(String text) {
        int whole = digits(text);
        boolean fraction = whole < text.length() && text.charAt(whole) == '.';
        boolean decimal =
                fraction && whole + 1 < text.length() && digits(text.substring(whole + 1)) == text.length() - whole - 1;
        if ((whole != text.length() || whole == 0) && !decimal) {
            throw expected("a number from 0 to 1");
        }
        double ratio = Double.parseDouble(text);
        if (ratio > 1) {
            throw expected("a number from 0 to 1");
        }
        return ratio;
    }

    /** Parses a number and a unit: {@code 500ms}, {@code 1s}, {@code 2m}, {@code 1h}. */
    public static Duration duration(String text) {
        int digits = digits(text);
        Long unit = MILLIS.get(text.substring(digits));
        if (digits == 0 || digits > MAX_DIGITS - 5 || unit == null) {
            throw expected("a duration such as 500ms, 5s, 2m or 1h");
        }
        Duration duration = Duration.ofMillis(Long.parseLong(text.substring(0, digits)) * unit);
        if (duration.compareTo(Timeouts.SHORTEST) < 0 || duration.compareTo(Timeouts.LONGEST) > 0) {
            throw expected("a duration from 1ms to 24h");
        }
        return duration;
    }

    /** Parses bytes, with binary units: {@code 512}, {@code 64K}, {@code 10M}, {@code 1G}; or {@code unlimited}. */
    public static long size(String text) {
        if (text.equals("unlimited")) {
            return Limits.UNLIMITED;
        }
        int digits = digits(text);
        Long unit = BYTES.get(text.substring(digits));
        if (digits == 0 || digits > MAX_DIGITS - 5 || unit == null) {
            throw expected("a size in bytes such as 512, 64K, 10M or 1G, or unlimited");
        }
        return Long.parseLong(text.substring(0, digits)) * unit;
    }

    /** Parses bytes like {@link #size}, with a maximum. */
    public static long sizeUpTo(String text, long most) {
        int digits = digits(text);
        Long unit = BYTES.get(text.substring(digits));
        long bytes = digits == 0 || digits > MAX_DIGITS - 5 || unit == null
                ? -1
                : Long.parseLong(text.substring(0, digits)) * unit;
        if (bytes < 0 || bytes > most) {
            throw expected("a size of at most " + most + " bytes, such as 512 or 64K");
        }
        return bytes;
    }

    /** Checks a request target: a path with an optional query, in visible ASCII. */
    public static String target(String text) {
        if (!text.startsWith("/") || text.indexOf('#') >= 0 || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw expected("a path such as /healthz");
        }
        return text;
    }

    /** Parses a host name that a certificate may contain. */
    public static String hostName(String text) {
        String name = HostName.normalise(text);
        if (name == null || text.indexOf(':') >= 0) {
            throw expected("a host name");
        }
        return name;
    }

    /** Checks a user-chosen name, a {@link ResourceName}. */
    public static String name(String text) {
        if (!ResourceName.isValid(text)) {
            throw expected(ResourceName.EXPECTED);
        }
        return text;
    }

    /** Checks a token (RFC 9110 section 5.6.2) of at most 128 characters. */
    public static String token(String text) {
        if (text.length() > MAX_TOKEN || !HttpToken.is(text)) {
            throw expected("a token of 1 to " + MAX_TOKEN + " characters");
        }
        return text;
    }

    /** Returns a parser of keywords. */
    public static <T> Function<String, T> word(List<T> all, Function<T, String> word) {
        return text -> {
            for (T candidate : all) {
                if (word.apply(candidate).equals(text)) {
                    return candidate;
                }
            }
            throw expected("one of " + String.join(", ", all.stream().map(word).toList()));
        };
    }

    private static int digits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected: " + what);
    }
}

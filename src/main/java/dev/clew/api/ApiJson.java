package dev.clew.api;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The notation of values in the API: times in RFC 3339 with microseconds, durations in milliseconds. */
final class ApiJson {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final double MILLI_NANOS = 1e6;

    private ApiJson() {}

    static String time(long epochNanos) {
        return time(Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, SECOND_NANOS), Math.floorMod(epochNanos, SECOND_NANOS)));
    }

    static String time(Instant time) {
        return MICROS.format(time);
    }

    static double millis(long nanos) {
        return nanos / MILLI_NANOS;
    }

    /** Returns null for a negative time, which stands for an unknown one. */
    static @Nullable Double millisOrNull(long nanos) {
        return nanos < 0 ? null : millis(nanos);
    }

    /** Returns null for an empty text. */
    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static <T> JsonArray array(Collection<T> items, Function<T, ?> json) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }
}

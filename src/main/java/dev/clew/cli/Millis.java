package dev.clew.cli;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Durations of the API as text. */
final class Millis {

    private Millis() {}

    /** Returns the duration with a tenth of a millisecond; null if there is none. */
    static @Nullable String of(JsonObject object, String name) {
        @Nullable Double value = object.getDouble(name);
        return value == null ? null : String.format(Locale.ROOT, "%.1fms", value);
    }
}

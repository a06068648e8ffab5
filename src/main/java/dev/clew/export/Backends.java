package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.Signal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Creates backends, and remembers the settings that yield none. Not thread-safe. */
final class Backends {

    private record Key(Signal signal, String name) {

        static Key of(DestinationSettings made) {
            return new Key(made.signal(), made.name());
        }
    }

    private final Map<Key, SettingProblem> unusable = new LinkedHashMap<>();

    /** @param factory may throw anything */
    @SuppressWarnings("PMD.AvoidCatchingThrowable") // AC-7: not even a class that is missing may stop the gateway
    <T> Backend<T> create(DestinationSettings made, BiFunction<DestinationSettings, OtlpSettings, Backend<T>> factory) {
        unusable.remove(Key.of(made));
        @Nullable OtlpSettings otlp = made.otlp();
        if (otlp == null) {
            return Backend.none();
        }
        try {
            return factory.apply(made, otlp);
        } catch (Throwable e) {
            // Not its message, which may quote a header or a key.
            String problem = "no exporter can be created from these settings ("
                    + e.getClass().getSimpleName() + ")";
            unusable.put(Key.of(made), new SettingProblem("destinations." + made.label(), problem));
            return Backend.none();
        }
    }

    boolean isUnusable(DestinationSettings made) {
        return unusable.containsKey(Key.of(made));
    }

    /** Forgets a destination of spans that was removed. */
    void forget(String name) {
        unusable.remove(new Key(Signal.TRACES, name));
    }

    Collection<SettingProblem> problems() {
        return unusable.values();
    }
}

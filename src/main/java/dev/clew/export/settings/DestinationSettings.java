package dev.clew.export.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One destination as it should be. Comparable by value, certificates and credentials included.
 *
 * @param name how tenants, metrics and messages name it
 * @param otlp how it is reached; null when no usable endpoint was given
 * @param queue how spans wait for it
 */
public record DestinationSettings(String name, @Nullable OtlpSettings otlp, QueueSettings queue) {

    /** The destination that {@code OTEL_*} describes, and that a tenant exports to unless it says otherwise. */
    public static final String DEFAULT = "default";

    /** The names of the settings that are not as there, in the words of the file. */
    public List<String> differencesFrom(DestinationSettings other) {
        List<String> names = new ArrayList<>();
        if (otlp != null && other.otlp != null) {
            names.addAll(otlp.differencesFrom(other.otlp));
        } else if (otlp != null || other.otlp != null) {
            names.add("endpoint");
        }
        if (!queue.equals(other.queue)) {
            names.add("queue");
        }
        return names;
    }

    /** Scheme, host and port: what may be shown; empty when it has no endpoint. */
    public String address() {
        return otlp == null ? "" : otlp.address();
    }
}

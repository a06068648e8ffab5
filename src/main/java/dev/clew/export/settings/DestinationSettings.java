package dev.clew.export.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one destination, compared by value, certificates and credentials included.
 *
 * @param signal the kind of telemetry
 * @param name the name in tenants' files, metrics and messages
 * @param otlp the settings of the connection; null if no usable endpoint was given
 * @param queue the settings of the queue
 */
public record DestinationSettings(Signal signal, String name, @Nullable OtlpSettings otlp, QueueSettings queue) {

    /** The destination that {@code OTEL_*} describes, and the default of tenants. */
    public static final String DEFAULT = "default";

    /** Returns the names of the settings that differ, as in the file. */
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

    /** Returns the name for messages, with the signal unless it is spans. */
    public String label() {
        return signal == Signal.TRACES ? name : name + " for " + signal.tag();
    }

    /** Returns scheme, host and port, which may be shown; empty without an endpoint. */
    public String address() {
        return otlp == null ? "" : otlp.address();
    }
}

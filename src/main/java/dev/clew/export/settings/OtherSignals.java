package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import dev.clew.export.settings.Environment.Parser;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of logs and metrics. Unlike spans, they are exported to the destination {@code default} only, and
 * only if {@code OTEL_LOGS_EXPORTER} or {@code OTEL_METRICS_EXPORTER} is {@code otlp}.
 */
final class OtherSignals {

    private static final DestinationEntry NO_ENTRY =
            new DestinationEntry(DestinationSettings.DEFAULT, "", Map.of(), List.of());

    private final Function<String, @Nullable String> variables;
    private final DestinationEntry entry;
    private final SettingFiles files;
    private final Path folder;

    /** @param entry the destination {@code default} in the file */
    OtherSignals(
            Function<String, @Nullable String> variables, DestinationEntry entry, SettingFiles files, Path folder) {
        this.variables = variables;
        this.entry = entry;
        this.files = files;
        this.folder = folder;
    }

    /** Returns the settings of each signal that is switched on. */
    Map<Signal, DestinationReading> read(Environment general) {
        Map<Signal, DestinationReading> on = new EnumMap<>(Signal.class);
        for (Signal signal : List.of(Signal.LOGS, Signal.METRICS)) {
            if (isOn(signal, general)) {
                on.put(signal, reading(signal));
            }
        }
        return on;
    }

    private static boolean isOn(Signal signal, Environment general) {
        Parser<Boolean> parser = value -> {
            boolean otlp = false;
            for (String name : value.split(",", -1)) {
                String exporter = name.strip().toLowerCase(Locale.ROOT);
                boolean scraped = signal == Signal.METRICS && exporter.equals("prometheus");
                if (exporter.equals("otlp")) {
                    otlp = true;
                } else if (!exporter.isEmpty() && !exporter.equals("none") && !scraped) {
                    throw new Malformed(signal == Signal.METRICS ? "otlp, prometheus or none" : "otlp or none");
                }
            }
            return otlp;
        };
        return general.read("none is used", parser, "OTEL_" + signal.name() + "_EXPORTER")
                .orElse(false);
    }

    private DestinationReading reading(Signal signal) {
        // The file's headers are credentials of its own endpoint.
        boolean elsewhere = Environment.of(variables).written(signal.variable("ENDPOINT")) != null;
        DestinationEntry own = elsewhere ? NO_ENTRY : entry;
        Environment environment = Environment.of(own, variables);
        @Nullable OtlpSettings otlp = new OtlpReader(signal, environment, own, files, folder).read();
        QueueSettings queue = QueueReader.read(environment, signal);
        if (signal == Signal.METRICS) {
            checkMetrics(environment);
        }
        return new DestinationReading(
                new DestinationSettings(signal, DestinationSettings.DEFAULT, otlp, queue), environment.problems());
    }

    private static void checkMetrics(Environment environment) {
        only(environment, "cumulative", Signal.METRICS.variable("TEMPORALITY_PREFERENCE"));
        only(environment, "explicit_bucket_histogram", Signal.METRICS.variable("DEFAULT_HISTOGRAM_AGGREGATION"));
    }

    private static void only(Environment environment, String supported, String name) {
        environment.choice(Map.of(supported, true), supported, name);
    }
}

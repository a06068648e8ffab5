package dev.clew.export;

import dev.clew.export.otlp.OtlpExporters;
import dev.clew.export.queue.CounterBook;
import dev.clew.export.queue.LogLine;
import dev.clew.export.queue.MetricsCollection;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The export of the signals other than spans. Changed under the lock of {@link Exports}. */
public final class OtherExports {

    private final SignalExport<LogLine> logs;
    private final SignalExport<MetricsCollection> metrics;

    OtherExports(CounterBook counters, Backends backends) {
        logs = new SignalExport<>(counters, backends, OtlpExporters::logs);
        metrics = new SignalExport<>(counters, backends, OtlpExporters::metrics);
    }

    /** @param finishing collects what is left to do without the lock */
    void apply(ExportSettings settings, List<Consumer<Duration>> finishing) {
        logs.apply(settings.other(Signal.LOGS), finishing);
        metrics.apply(settings.other(Signal.METRICS), finishing);
    }

    /** Returns true if the new settings are invalid and the former ones stay. */
    boolean keepsFormer(DestinationReading next) {
        return next.settings().signal() == Signal.LOGS ? logs.keepsFormer(next) : metrics.keepsFormer(next);
    }

    /** Returns the destination of access-log lines; null if they are not exported. */
    public @Nullable Destination<LogLine> logs() {
        return logs.destination();
    }

    /** Returns the destination of metrics; null if they are not exported. */
    public @Nullable Destination<MetricsCollection> metrics() {
        return metrics.destination();
    }

    /** Returns the destinations of the signals that are switched on. */
    List<Destination<?>> destinations() {
        List<Destination<?>> on = new ArrayList<>();
        Destination<LogLine> lines = logs.destination();
        if (lines != null) {
            on.add(lines);
        }
        Destination<MetricsCollection> collections = metrics.destination();
        if (collections != null) {
            on.add(collections);
        }
        return on;
    }
}

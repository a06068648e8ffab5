package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.CounterBook;
import dev.clew.export.queue.Queued;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.OtlpSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The export of logs or of metrics to the destination {@code default}, which is on or off for the life of the process
 * and follows changes of its connection. Changed under the lock of {@link Exports}.
 */
final class SignalExport<T extends Queued> {

    private final CounterBook counters;
    private final Backends backends;
    private final BiFunction<DestinationSettings, OtlpSettings, Backend<T>> factory;
    private @Nullable DestinationReading inForce;
    private volatile @Nullable Destination<T> destination;

    SignalExport(
            CounterBook counters,
            Backends backends,
            BiFunction<DestinationSettings, OtlpSettings, Backend<T>> factory) {
        this.counters = counters;
        this.backends = backends;
        this.factory = factory;
    }

    /**
     * Applies settings.
     *
     * @param next null if the signal is off
     * @param finishing collects what is left to do without the lock
     */
    void apply(@Nullable DestinationReading next, List<Consumer<Duration>> finishing) {
        if (next == null || DestinationChange.keepsFormer(inForce, next)) {
            return;
        }
        DestinationSettings made = next.settings();
        Destination<T> running = destination;
        if (running == null) {
            destination =
                    new Destination<>(counters.of(made.signal(), made.name()), made, backends.create(made, factory));
            ChangeLog.added(made);
        } else if (!running.settings().equals(made)) {
            Backend<T> backend = backends.create(made, factory);
            if (backends.isUnusable(made)) {
                return;
            }
            DestinationRevision<T> before = running.beginReplacing(made, backend);
            finishing.add(bound -> running.finishReplacing(before, bound));
            ChangeLog.changed(before.settings(), made);
        }
        inForce = next;
    }

    /** Returns true if the new settings are invalid and the former ones stay. */
    boolean keepsFormer(DestinationReading next) {
        return DestinationChange.keepsFormer(inForce, next);
    }

    /** Returns the destination; null if the signal is off. */
    @Nullable Destination<T> destination() {
        return destination;
    }
}

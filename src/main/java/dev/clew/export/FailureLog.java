package dev.clew.export;

import dev.clew.export.Destination.State;
import dev.clew.export.otlp.ExportFailure;
import dev.clew.export.otlp.ExportOutcome;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.settings.DestinationSettings;
import org.jboss.logging.Logger;

/**
 * Tracks the outcome of exports to one backend, and logs its changes: the first failure, and the first success after
 * it.
 */
final class FailureLog {

    private static final Logger LOG = Logger.getLogger(Destination.class);

    private final ExportCounters counters;
    private volatile State state = State.IDLE;
    private volatile boolean superseded;
    /** True if a failure has been logged and the recovery has not. */
    private volatile boolean recoveryPending;

    FailureLog(ExportCounters counters) {
        this.counters = counters;
    }

    /** Returns a log for changed settings, by which nothing has been sent yet. */
    FailureLog successor() {
        superseded = true;
        counters.markErrorAsFormer();
        FailureLog next = new FailureLog(counters);
        next.recoveryPending = recoveryPending;
        return next;
    }

    State state() {
        return state;
    }

    /** Marks the start of an export. */
    void begin() {
        if (state == State.IDLE) {
            state = State.TRYING;
        }
    }

    /** @param items the number of items in the batch */
    void record(DestinationSettings settings, ExportOutcome outcome, int items, long tookNanos) {
        if (outcome instanceof ExportOutcome.Lost lost) {
            counters.failed(tookNanos, lost.error());
            if (lost.reason() == DropReason.EXPORT_FAILED || lost.reason() == DropReason.EXPORT_TIMEOUT) {
                fails(settings, lost.error(), items);
            }
        } else if (outcome instanceof ExportOutcome.Sent sent) {
            counters.succeeded(tookNanos);
            if (sent.rejected() > 0) {
                counters.rejected(ExportFailure.REJECTED);
                fails(settings, ExportFailure.REJECTED, sent.rejected());
            } else {
                works(settings);
            }
        }
        if (superseded) {
            counters.markErrorAsFormer();
        }
    }

    private void works(DestinationSettings settings) {
        state = State.OK;
        if (recoveryPending) {
            recoveryPending = false;
            LOG.infof(
                    "telemetry destination %s (%s): export works again; %d %s dropped so far",
                    settings.label(),
                    settings.address(),
                    counters.counts().dropped(),
                    settings.signal().items());
        }
    }

    private void fails(DestinationSettings settings, String error, int lost) {
        if (state != State.FAILING) {
            state = State.FAILING;
            recoveryPending = true;
            LOG.warnf(
                    "telemetry destination %s (%s): export fails: %s; lost from this batch: %d %s. Requests are not"
                            + " affected; every batch is tried, and this is logged once until it works again",
                    settings.label(),
                    settings.address(),
                    error,
                    lost,
                    settings.signal().items());
        }
    }

    void closed(DestinationSettings settings, ExportCounts counts) {
        long late = counts.droppedByReason().getOrDefault(DropReason.SHUTDOWN, 0L);
        if (late > 0) {
            LOG.infof(
                    "telemetry destination %s (%s): %d %s could not be sent before the gateway stopped",
                    settings.label(),
                    settings.address(),
                    late,
                    settings.signal().items());
        }
    }
}

package dev.clew.export;

import dev.clew.export.settings.DestinationSettings;
import org.jboss.logging.Logger;

/** Keeps how a destination is doing, and logs it when that changes: the first failure, and the first success after it. */
final class FailureLog {

    private static final Logger LOG = Logger.getLogger(Destination.class);

    private final ExportCounters counters;
    private volatile boolean failing;

    FailureLog(ExportCounters counters) {
        this.counters = counters;
    }

    boolean isFailing() {
        return failing;
    }

    void tell(DestinationSettings settings, ExportOutcome outcome, long tookNanos) {
        if (outcome instanceof ExportOutcome.Lost lost) {
            counters.failed(tookNanos, lost.error());
            if (lost.reason() == DropReason.EXPORT_FAILED || lost.reason() == DropReason.EXPORT_TIMEOUT) {
                fails(settings, lost.error());
            }
        } else if (outcome instanceof ExportOutcome.Sent sent) {
            counters.succeeded(tookNanos);
            if (sent.rejected() > 0) {
                counters.rejected(ExportFailure.REJECTED);
                fails(settings, ExportFailure.REJECTED);
            } else if (failing) {
                failing = false;
                LOG.infof(
                        "telemetry destination %s (%s): export works again; %d spans dropped so far",
                        settings.name(), settings.address(), counters.counts().dropped());
            }
        }
    }

    private void fails(DestinationSettings settings, String error) {
        if (!failing) {
            failing = true;
            LOG.warnf(
                    "telemetry destination %s (%s): export fails: %s; %d spans dropped before. Requests are not"
                            + " affected; export is tried again with every batch",
                    settings.name(),
                    settings.address(),
                    error,
                    counters.counts().dropped());
        }
    }

    void closed(DestinationSettings settings, ExportCounts counts) {
        long late = counts.droppedByReason().getOrDefault(DropReason.SHUTDOWN, 0L);
        if (late > 0) {
            LOG.infof(
                    "telemetry destination %s (%s): %d spans could not be sent before the gateway stopped",
                    settings.name(), settings.address(), late);
        }
    }
}

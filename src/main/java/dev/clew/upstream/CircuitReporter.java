package dev.clew.upstream;

import dev.clew.upstream.Circuit.Cause;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Tells of a circuit's changes: metrics of each, the log of the first opening and of the end. */
final class CircuitReporter implements Circuit.Listener {

    private static final Logger LOG = Logger.getLogger(Circuit.class);

    private final String upstream;
    private final Duration openFor;
    private final UpstreamMetrics metrics;
    private final Runnable whenOpen;

    /**
     * A circuit's listener.
     *
     * @param upstream in log lines
     * @param whenOpen is run when it opened, again after each attempt to close it
     */
    CircuitReporter(String upstream, Duration openFor, UpstreamMetrics metrics, Runnable whenOpen) {
        this.upstream = upstream;
        this.openFor = openFor;
        this.metrics = metrics;
        this.whenOpen = whenOpen;
    }

    @Override
    public void opened(Cause cause) {
        metrics.circuitBecame("open");
        if (cause != Cause.PROBE_FAILED) {
            LOG.warnf(
                    "upstream %s: the circuit is open, since %s;"
                            + " requests are refused for %d ms, and until one does well",
                    upstream, cause.text(), openFor.toMillis());
        }
        whenOpen.run();
    }

    @Override
    public void halfOpened() {
        metrics.circuitBecame("half-open");
    }

    @Override
    public void closed() {
        metrics.circuitBecame("closed");
        LOG.infof("upstream %s: the circuit is closed again", upstream);
    }
}

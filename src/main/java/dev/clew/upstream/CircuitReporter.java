package dev.clew.upstream;

import dev.clew.upstream.Circuit.Cause;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Reports a circuit's changes: counts each, and logs the first opening and the closing. */
final class CircuitReporter implements Circuit.Listener {

    private static final Logger LOG = Logger.getLogger(Circuit.class);

    private final String upstream;
    private final Duration openFor;
    private final UpstreamMetrics metrics;
    private final Runnable whenOpen;

    /**
     * Creates the listener of one circuit.
     *
     * @param upstream name for log lines
     * @param whenOpen runs when the circuit opens, and again after each failed attempt to close it
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
                    "upstream %s: circuit open because %s;"
                            + " requests are rejected for %d ms and until a probe succeeds",
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
        LOG.infof("upstream %s: circuit closed", upstream);
    }
}

package dev.clew.gateway;

import dev.clew.export.Exports;
import dev.clew.tenant.Tenants;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Going away, each step within its bound: no longer ready (Quarkus says so to the probe), while requests are still taken, since a load balancer learns only by
 * and by that this gateway goes; then requests in flight finish; then the listener closes; then what spans there are leave.
 */
@Singleton
public class Drain {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Tenants tenants;
    private final Exports exports;
    private final Duration delay;
    private final Duration requestBound;
    private final Duration exportBound;
    private volatile boolean underWay;

    Drain(
            Tenants tenants,
            Exports exports,
            @ConfigProperty(name = "clew.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "clew.shutdown.requests", defaultValue = "25s") Duration requestBound,
            @ConfigProperty(name = "clew.shutdown.export", defaultValue = "3s") Duration exportBound) {
        this.tenants = tenants;
        this.exports = exports;
        this.delay = delay;
        this.requestBound = requestBound;
        this.exportBound = exportBound;
    }

    /** Quarkus closes the listener when this returns. */
    void finishRequests(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        underWay = true;
        Thread.sleep(delay.toMillis());
        long until = System.nanoTime() + requestBound.toNanos();
        // Copies, too, so that their spans leave: they have the same time, and not more.
        while (tenants.areUsed() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (tenants.active() > 0) {
            LOG.warnf(
                    "%d requests were still running after %d s and are cut off",
                    tenants.active(), requestBound.toSeconds());
        }
    }

    /** Whether connections are to end with their next answer. */
    boolean isUnderWay() {
        return underWay;
    }

    void sendSpans(@Observes ShutdownEvent event) {
        exports.close(exportBound);
    }
}

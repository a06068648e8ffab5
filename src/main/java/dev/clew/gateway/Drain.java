package dev.clew.gateway;

import dev.clew.connection.ConnectionState;
import dev.clew.export.Exports;
import dev.clew.listener.Listeners;
import dev.clew.tenant.Tenants;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Graceful shutdown in bounded steps: the readiness probe fails (by Quarkus) while requests are still accepted, since
 * load balancers learn of it with a delay; requests in flight finish; the listener closes; queued spans are exported.
 */
@Singleton
public class Drain {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CUT_OFF_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Tenants tenants;
    private final Exports exports;
    private final Duration delay;
    private final Duration requestBound;
    private final Duration exportBound;
    private final Listeners listeners;
    private volatile boolean underWay;
    private volatile boolean accepting = true;

    Drain(
            Tenants tenants,
            Exports exports,
            Vertx vertx,
            @ConfigProperty(name = "clew.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "clew.shutdown.requests", defaultValue = "25s") Duration requestBound,
            @ConfigProperty(name = "clew.shutdown.export", defaultValue = "3s") Duration exportBound) {
        this.tenants = tenants;
        this.exports = exports;
        this.listeners = Listeners.of(vertx);
        this.delay = delay;
        this.requestBound = requestBound;
        this.exportBound = exportBound;
    }

    /** Waits for requests in flight; Quarkus closes all connections when this method returns. */
    void finishRequests(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        underWay = true;
        Thread.sleep(delay.toMillis());
        accepting = false;
        listeners.traffic().stopAccepting();
        awaitFirstRequests();
        long until = System.nanoTime() + requestBound.toNanos();
        // Waits for mirrored requests too, so that their spans are exported, within the same bound.
        while (tenants.isInUse() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (tenants.active() > 0) {
            LOG.warnf(
                    "%d requests were still in flight after %d s and are aborted",
                    tenants.active(), requestBound.toSeconds());
            cutOff();
        }
    }

    /** Closes client connections before those of upstreams: a client would otherwise receive an upstream failure. */
    private void cutOff() {
        listeners.traffic().closeAll();
        long until = System.nanoTime() + CUT_OFF_NANOS;
        while (listeners.traffic().open() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits for new connections, most of which have already sent a request, to be served. */
    private void awaitFirstRequests() {
        long until = System.nanoTime() + Math.min(FRESH_NANOS, requestBound.toNanos());
        do {
            LockSupport.parkNanos(POLL_NANOS);
        } while (isFresh() && System.nanoTime() - until < 0);
    }

    private boolean isFresh() {
        return listeners.traffic().in(ConnectionState.SILENT)
                        + listeners.traffic().in(ConnectionState.UNFINISHED)
                > 0;
    }

    /** Returns whether new connections are accepted. */
    boolean isAccepting() {
        return accepting;
    }

    /** Returns whether connections are to close after their next response. */
    boolean isUnderWay() {
        return underWay;
    }

    void sendSpans(@Observes ShutdownEvent event) {
        exports.close(exportBound);
    }
}

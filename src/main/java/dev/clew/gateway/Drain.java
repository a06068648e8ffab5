package dev.clew.gateway;

import dev.clew.connection.ClientConnections;
import dev.clew.connection.ConnectionState;
import dev.clew.export.Exports;
import dev.clew.listener.Listeners;
import dev.clew.tenant.Tenants;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    private final Tenants tenants;
    private final Exports exports;
    private final ClientConnections clients;
    private final Bounds bounds;
    private final Waiting waiting;
    private volatile boolean underWay;
    private volatile boolean accepting = true;

    /**
     * The bounds of the steps.
     *
     * @param delay for load balancers to learn of the shutdown
     */
    record Bounds(Duration delay, Duration requests, Duration export) {}

    @Inject
    Drain(
            Tenants tenants,
            Exports exports,
            Vertx vertx,
            @ConfigProperty(name = "clew.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "clew.shutdown.requests", defaultValue = "25s") Duration requestBound,
            @ConfigProperty(name = "clew.shutdown.export", defaultValue = "3s") Duration exportBound) {
        this(
                tenants,
                exports,
                Listeners.of(vertx).traffic(),
                new Bounds(delay, requestBound, exportBound),
                Waiting.SYSTEM);
    }

    Drain(Tenants tenants, Exports exports, ClientConnections clients, Bounds bounds, Waiting waiting) {
        this.tenants = tenants;
        this.exports = exports;
        this.clients = clients;
        this.bounds = bounds;
        this.waiting = waiting;
    }

    /** Later than Quarkus, which in an executable handles the signal itself. */
    void awaitSignal(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            TerminationSignal.handle(Quarkus::asyncExit);
        }
    }

    /** Waits for requests in flight; Quarkus closes all connections when this method returns. */
    void finishRequests(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        underWay = true;
        waiting.sleep(bounds.delay().toNanos());
        accepting = false;
        clients.stopAccepting();
        awaitFirstRequests();
        // Waits for mirrored requests too, so that their spans are exported, within the same bound.
        waiting.whileTrue(tenants::isInUse, bounds.requests().toNanos());
        if (tenants.active() > 0) {
            LOG.warnf(
                    "%d requests were still in flight after %d s and are aborted",
                    tenants.active(), bounds.requests().toSeconds());
            cutOff();
            if (LaunchMode.current() == LaunchMode.NORMAL) {
                // Otherwise it is 0.
                Quarkus.asyncExit(TerminationSignal.STATUS);
            }
        }
    }

    /** Closes client connections before those of upstreams: a client would otherwise receive an upstream failure. */
    private void cutOff() throws InterruptedException {
        clients.closeAll();
        waiting.whileTrue(() -> clients.open() > 0, CUT_OFF_NANOS);
    }

    /** Waits for new connections, most of which have already sent a request, to be served. */
    private void awaitFirstRequests() throws InterruptedException {
        // The connections accepted last are not counted yet.
        waiting.sleep(Waiting.STEP_NANOS);
        waiting.whileTrue(
                () -> clients.in(ConnectionState.SILENT) + clients.in(ConnectionState.UNFINISHED) > 0,
                Math.min(FRESH_NANOS, bounds.requests().toNanos()));
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
        exports.close(bounds.export());
    }
}

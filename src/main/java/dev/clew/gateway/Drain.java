package dev.clew.gateway;

import dev.clew.export.Exports;
import dev.clew.observe.RequestRecord;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Going away: no longer ready, then requests in flight finish, then their spans leave; each within its bound. The listener still
 * accepts meanwhile, for a load balancer learns only by and by that this gateway goes.
 */
@ApplicationScoped
@Readiness
public class Drain implements HealthCheck {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final RequestRecord record;
    private final Exports exports;
    private final Duration requestBound;
    private final Duration exportBound;
    private volatile boolean draining;

    Drain(
            RequestRecord record,
            Exports exports,
            @ConfigProperty(name = "clew.shutdown.requests", defaultValue = "25s") Duration requestBound,
            @ConfigProperty(name = "clew.shutdown.export", defaultValue = "3s") Duration exportBound) {
        this.record = record;
        this.exports = exports;
        this.requestBound = requestBound;
        this.exportBound = exportBound;
    }

    void drain(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        draining = true;
        long until = System.nanoTime() + requestBound.toNanos();
        while (record.active() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (record.active() > 0) {
            LOG.warnf("%d requests were still running after %s and are cut off", record.active(), requestBound);
        }
        exports.close(exportBound);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("accepting requests").status(!draining).build();
    }
}

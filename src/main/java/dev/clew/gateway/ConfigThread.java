package dev.clew.gateway;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The thread that polls the configuration's files, so that changes take effect without a restart. */
@Singleton
public class ConfigThread {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final long MIN_POLL_MILLIS = 10;

    private final Map<String, Runnable> looks;
    private final Duration poll;
    private final CountDownLatch stopped = new CountDownLatch(1);

    ConfigThread(
            ForcedTracingSupply forced,
            TelemetryReload telemetry,
            TenantReload tenants,
            ManagementAccess management,
            ListenerTls tls,
            @ConfigProperty(name = "clew.config.poll", defaultValue = "2s") Duration poll) {
        this.looks = Map.of(
                "the key of forced tracing", forced::check,
                "the token of the management port", management::check,
                "the files of the TLS listener", tls::check,
                "telemetry settings", telemetry::look,
                "the configuration", tenants::look);
        this.poll = poll;
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::run, "clew-config");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void run() {
        try {
            while (!stopped.await(Math.max(MIN_POLL_MILLIS, poll.toMillis()), TimeUnit.MILLISECONDS)) {
                looks.forEach(ConfigThread::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // the thread must survive to apply later changes
    private static void look(String what, Runnable look) {
        try {
            look.run();
        } catch (Throwable e) {
            LOG.warnf("%s could not be reloaded (%s)", what, e.getClass().getSimpleName());
        }
    }
}

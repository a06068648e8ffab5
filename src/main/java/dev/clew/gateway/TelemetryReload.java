package dev.clew.gateway;

import dev.clew.config.ConfigDirectory;
import dev.clew.config.FileWatch;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.ExportSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Lets changes of files that say where traces go take effect without a restart, on a thread of its own: detects that they
 * have changed, reads all of them again, and has {@link Exports} go over to what is different.
 */
@Singleton
public class TelemetryReload {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final long LEAST_POLL_MILLIS = 10;

    private final ConfigDirectory directory;
    private final Exports exports;
    private final ForcedTracingSupply forced;
    private final Duration poll;
    private final FileWatch watch = new FileWatch();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private DestinationFile file;
    private Set<Path> files;

    TelemetryReload(
            ConfigDirectory directory,
            DestinationFile file,
            OtelSettings otel,
            Exports exports,
            ForcedTracingSupply forced,
            @ConfigProperty(name = "clew.config.poll", defaultValue = "2s") Duration poll) {
        this.directory = directory;
        this.exports = exports;
        this.forced = forced;
        this.poll = poll;
        this.file = file;
        this.files = otel.export().files();
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
            while (!stopped.await(Math.max(LEAST_POLL_MILLIS, poll.toMillis()), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // a thread that ends would leave every later change without effect
    private void look() {
        try {
            forced.check();
            if (watch.hasChanged(files)) {
                DestinationFile now = directory.loadDestinations();
                // One that is no YAML says nothing of what is wanted: what it said before holds.
                file = now.readable() ? now : file.withProblems(now.problems());
                ExportSettings settings = ExportSettings.read(TelemetryVariables::value, file);
                files = settings.files();
                exports.apply(settings);
            }
        } catch (Throwable e) {
            LOG.warnf(
                    "telemetry settings could not be read again (%s)",
                    e.getClass().getSimpleName());
        }
    }
}

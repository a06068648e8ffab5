package dev.clew.gateway;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.export.Destination;
import dev.clew.export.Exports;
import io.quarkus.runtime.ImageMode;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The first line after the start: what runs here, for whom, and where it is reached. */
@Singleton
class StartLine {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final double MILLIS = 1000;

    private final LoadedConfiguration configuration;
    private final Exports exports;
    private final String version;
    private final int managementPort;
    private final AtomicBoolean written = new AtomicBoolean();

    StartLine(
            LoadedConfiguration configuration,
            Exports exports,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        this.configuration = configuration;
        this.exports = exports;
        this.version = version;
        this.managementPort = managementPort;
    }

    void started(@ObservesAsync HttpServerStart listener) {
        write("http " + at(listener.options().getPort()));
    }

    void started(@ObservesAsync HttpsServerStart listener) {
        write("https " + at(listener.options().getPort()));
    }

    /** Writes once, whichever listener is the first. */
    private void write(String port) {
        if (written.compareAndSet(false, true)) {
            Instant now = Instant.now();
            Instant begun = ProcessHandle.current().info().startInstant().orElse(now);
            LOG.info(line(port, Duration.between(begun, now).toMillis()));
        }
    }

    private static String at(int port) {
        return port > 0 ? Integer.toString(port) : "(random port)";
    }

    private String line(String port, long millis) {
        int tenants = configuration.snapshot().tenants().size();
        String destinations =
                exports.destinations().stream().map(Destination::name).collect(Collectors.joining(", "));
        return "clew " + version + " (" + (ImageMode.current() == ImageMode.JVM ? "jvm" : "native") + ") serves "
                + (tenants == 1 ? "1 tenant" : tenants + " tenants") + " on " + port + "; management "
                + at(managementPort)
                + ", console " + (managementPort > 0 ? "http://localhost:" + managementPort : "")
                + "/console; telemetry to "
                + (destinations.isEmpty() ? "no destination" : destinations) + "; started in " + millis / MILLIS
                + " s";
    }
}

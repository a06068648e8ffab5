package dev.clew.gateway;

import dev.clew.export.Destination;
import dev.clew.export.Exports;
import dev.clew.export.metrics.MetricsExport;
import dev.clew.export.queue.MetricsCollection;
import dev.clew.export.queue.SpanOrigin;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Starts and ends the export of metrics over OTLP, if it is switched on. */
@Singleton
public class MetricsPush {

    private static final Duration BOUND = Duration.ofSeconds(1);

    private @Nullable MetricsExport export;

    void start(@Observes StartupEvent event, Exports exports, MeterRegistry registry, SpanOrigin origin) {
        Destination<MetricsCollection> destination = exports.others().metrics();
        if (destination != null) {
            export = MetricsExport.start(destination, registry, origin);
        }
    }

    /** Offers the last values, before {@link Drain} closes the destinations. */
    void end(@Observes @Priority(Interceptor.Priority.APPLICATION) ShutdownEvent event) {
        MetricsExport running = export;
        if (running != null) {
            running.close(BOUND);
        }
    }
}

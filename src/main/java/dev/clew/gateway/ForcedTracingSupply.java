package dev.clew.gateway;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ForceKeyWatch;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.trace.force.ForceOutcome;
import dev.clew.trace.force.ForcedTracing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Creates forced tracing and its metrics from the configuration, and reloads its key. */
@Singleton
public class ForcedTracingSupply {

    private volatile @Nullable ForceKeyWatch watch;

    @Produces
    @Singleton
    ForcedTracing forcedTracing(LoadedConfiguration configuration, MeterRegistry meters) {
        GatewaySettings.ForcedTracing settings = configuration.settings().forcedTracing();
        Path keyFile = settings.keyFile().orElse(null);
        if (keyFile == null) {
            return ForcedTracing.DISABLED;
        }
        ForcedTracing forced = ForcedTracing.perMinute(settings.perMinute());
        watch = new ForceKeyWatch(keyFile, forced);
        for (ForceOutcome outcome : ForceOutcome.values()) {
            FunctionCounter.builder("clew.forced.traces", forced, counted -> counted.count(outcome))
                    .description("Requests with a token that asks for their trace")
                    .tag("outcome", outcome.tag())
                    .register(meters);
        }
        return forced;
    }

    /** Reloads the key if its file changed. */
    void check() {
        ForceKeyWatch current = watch;
        if (current != null) {
            current.check();
        }
    }
}

package dev.clew.gateway;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.exchange.EpochClock;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.report.ExportMetrics;
import dev.clew.export.report.RecentTraces;
import dev.clew.export.sdk.ProcessedSpans;
import dev.clew.export.sdk.SdkSpans;
import dev.clew.export.settings.DestinationFile;
import dev.clew.observe.LogExport;
import dev.clew.observe.Methods;
import dev.clew.observe.RequestRecord;
import dev.clew.observe.Telemetry;
import dev.clew.tenant.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Assembles what makes spans, metrics and log lines of requests, and what exports them. */
@ApplicationScoped
public class TelemetryAssembly {

    @Produces
    @Singleton
    OtelSettings telemetrySettings(
            @ConfigProperty(name = "quarkus.application.version") String version, DestinationFile file) {
        return OtelSettings.read(TelemetryVariables::value, version, file, TelemetryVariables.names());
    }

    @Produces
    @Singleton
    DestinationFile destinationFile(ConfigDirectory directory) {
        return directory.loadDestinations();
    }

    @Produces
    @Singleton
    Exports exports(OtelSettings settings, LoadedConfiguration configuration) {
        return new Exports(settings, TenantReload.telemetryProblems(configuration));
    }

    @Produces
    @Singleton
    @Typed(RecentTraces.class)
    RecentTraces recentTraces(LoadedConfiguration configuration) {
        return new RecentTraces(configuration.settings().recentTraces().capacity());
    }

    /** Returns the destination of spans without a tenant. */
    @Produces
    @Singleton
    SpanSink spanSink(LoadedConfiguration configuration, Exports exports, RecentTraces recent) {
        return withRecent(configuration, exports.sink(), recent);
    }

    @Produces
    @Singleton
    Telemetry telemetry(
            LoadedConfiguration configuration,
            OtelSettings otel,
            SpanOrigin origin,
            Exports exports,
            RecentTraces recent,
            @All List<SpanProcessor> processors,
            MeterRegistry meters) {
        new ExportMetrics(exports).bindTo(meters);
        Telemetry telemetry = new Telemetry(
                origin,
                new Methods(otel.knownMethods()),
                configuration.settings(),
                names -> ProcessedSpans.through(processors, withRecent(configuration, exports.to(names), recent)),
                LogExport.of(exports, origin),
                meters);
        telemetry.prepare(configuration.snapshot());
        return telemetry;
    }

    @Produces
    @Singleton
    @Typed(SdkSpans.class)
    SdkSpans sdkSpans(
            Instance<LoadedConfiguration> configuration, Instance<Exports> exports, Instance<RecentTraces> recent) {
        // Looked up with the first span, when all of them exist.
        return new SdkSpans(tenant -> withRecent(
                configuration.get(),
                tenant == null
                        ? exports.get().sink()
                        : exports.get().to(tenant.tenant().tracing().exportTo()),
                recent.get()));
    }

    @Produces
    @Singleton
    RequestRecord requestRecord(
            LoadedConfiguration configuration,
            Telemetry telemetry,
            Tenants tenants,
            MeterRegistry meters,
            EpochClock clock) {
        return new RequestRecord(telemetry, tenants, configuration.settings(), meters, clock);
    }

    /** Returns the clock of all spans of the process. */
    @Produces
    @Singleton
    EpochClock clock() {
        return new EpochClock();
    }

    /** Returns the sink, or one that also keeps recent spans where enabled. */
    private static SpanSink withRecent(LoadedConfiguration configuration, SpanSink sink, RecentTraces recent) {
        if (!configuration.settings().recentTraces().enabled()) {
            return sink;
        }
        return span -> {
            sink.offer(span);
            recent.offer(span);
        };
    }
}

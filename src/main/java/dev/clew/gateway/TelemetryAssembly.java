package dev.clew.gateway;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.exchange.EpochClock;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.report.ExportMetrics;
import dev.clew.export.sdk.ProcessedSpans;
import dev.clew.export.sdk.SdkSpans;
import dev.clew.export.settings.DestinationFile;
import dev.clew.journal.Journal;
import dev.clew.observe.LogExport;
import dev.clew.observe.Methods;
import dev.clew.observe.RequestJournal;
import dev.clew.observe.RequestRecord;
import dev.clew.observe.Telemetry;
import dev.clew.tenant.Tenants;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.All;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
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
    @Typed(Journal.class)
    Journal journal(LoadedConfiguration configuration, Vertx vertx, MeterRegistry meters) {
        GatewaySettings.Journal settings = configuration.settings().journal();
        if (!settings.enabled()) {
            return Journal.disabled();
        }
        Journal journal = new Journal(settings.size(), eventLoops(vertx));
        Gauge.builder("clew.journal.bytes", journal, Journal::bytes)
                .description("Memory held for requests in the journal")
                .baseUnit("bytes")
                .register(meters);
        FunctionCounter.builder("clew.journal.lost", journal, Journal::lost)
                .description("Requests worth keeping that the journal could not take")
                .register(meters);
        return journal;
    }

    private static int eventLoops(Vertx vertx) {
        int loops = 0;
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loops += loop instanceof EventLoop ? 1 : 0;
        }
        return Math.max(1, loops);
    }

    /** Returns the destination of spans without a tenant. */
    @Produces
    @Singleton
    SpanSink spanSink(Exports exports) {
        return exports.sink();
    }

    @Produces
    @Singleton
    Telemetry telemetry(
            LoadedConfiguration configuration,
            OtelSettings otel,
            SpanOrigin origin,
            Exports exports,
            @All List<SpanProcessor> processors,
            MeterRegistry meters) {
        new ExportMetrics(exports).bindTo(meters);
        Telemetry telemetry = new Telemetry(
                origin,
                new Methods(otel.knownMethods()),
                configuration.settings(),
                names -> ProcessedSpans.through(processors, exports.to(names)),
                LogExport.of(exports, origin),
                meters);
        telemetry.prepare(configuration.snapshot());
        return telemetry;
    }

    @Produces
    @Singleton
    @Typed(SdkSpans.class)
    SdkSpans sdkSpans(Instance<Exports> exports) {
        // Looked up with the first span, when all of them exist.
        return new SdkSpans(tenant -> tenant == null
                ? exports.get().sink()
                : exports.get().to(tenant.tenant().tracing().exportTo()));
    }

    @Produces
    @Singleton
    RequestRecord requestRecord(
            LoadedConfiguration configuration,
            Telemetry telemetry,
            Tenants tenants,
            MeterRegistry meters,
            EpochClock clock,
            RequestJournal journal) {
        return new RequestRecord(telemetry, tenants, configuration.settings(), meters, clock, journal);
    }

    @Produces
    @Singleton
    RequestJournal requestJournal(LoadedConfiguration configuration, Journal journal, OtelSettings otel) {
        return new RequestJournal(
                journal, otel.propagators(), configuration.settings().accessLog());
    }

    /** Returns the clock of all spans of the process. */
    @Produces
    @Singleton
    EpochClock clock() {
        return new EpochClock();
    }
}

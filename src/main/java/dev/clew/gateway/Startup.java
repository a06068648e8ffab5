package dev.clew.gateway;

import dev.clew.config.ConfigDirectory;
import dev.clew.config.GatewaySettings;
import dev.clew.config.LoadedConfiguration;
import dev.clew.exchange.Loops;
import dev.clew.export.ExportMetrics;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.RecentTraces;
import dev.clew.export.SpanSink;
import dev.clew.observe.RequestRecord;
import dev.clew.observe.Telemetry;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Tenants;
import dev.clew.trace.TraceFilter;
import dev.clew.trace.context.RandomIds;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the configuration and puts the gateway together, before the first port opens. */
@ApplicationScoped
public class Startup {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    @Produces
    @Singleton
    LoadedConfiguration configuration(OtelSettings otel) {
        LoadedConfiguration loaded =
                ConfigDirectory.fromEnvironment().load(standard().withSampler(otel.sampler()));
        Set<String> leftOut = new TreeSet<>();
        for (Problem problem : loaded.problems()) {
            LOG.warn(problem);
            if (!problem.tolerated()) {
                leftOut.add(problem.file());
            }
        }
        int tenants = loaded.snapshot().tenants().size();
        String rest = leftOut.isEmpty() ? "" : "; left out, as said above: " + String.join(", ", leftOut);
        if (tenants == 0) {
            LOG.warnf("no tenant can be served: every request will be answered with 404%s", rest);
        } else {
            LOG.infof("serving %d tenants%s", tenants, rest);
        }
        return loaded;
    }

    /** What holds where the operator's file does not say. */
    private static GatewaySettings standard() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT ? GatewaySettings.DEVELOPMENT : GatewaySettings.STANDARD;
    }

    @Produces
    @Singleton
    OtelSettings telemetrySettings(@ConfigProperty(name = "quarkus.application.version") String version) {
        return OtelSettings.read(Startup::variable, version);
    }

    @Produces
    @Singleton
    Exports exports(OtelSettings settings) {
        return new Exports(settings);
    }

    @Produces
    @Singleton
    @Typed(RecentTraces.class)
    RecentTraces recentTraces(LoadedConfiguration configuration) {
        return new RecentTraces(configuration.settings().recentTraces().capacity());
    }

    /** Where all spans of this process go. */
    @Produces
    @Singleton
    SpanSink spanSink(LoadedConfiguration configuration, Exports exports, RecentTraces recent) {
        return configuration.settings().recentTraces().enabled() ? both(exports.sink(), recent) : exports.sink();
    }

    @Produces
    @Singleton
    RequestRecord requestRecord(
            LoadedConfiguration configuration,
            OtelSettings otel,
            Exports exports,
            SpanSink sink,
            MeterRegistry meters) {
        new ExportMetrics(exports).bindTo(meters);
        Telemetry telemetry = new Telemetry(otel.origin(), meters);
        telemetry.prepare(configuration.snapshot());
        return new RequestRecord(telemetry, configuration.settings(), sink, meters);
    }

    @Produces
    @Singleton
    Loops loops(Vertx vertx) {
        return new Loops(vertx);
    }

    void close(@Disposes Loops loops) {
        loops.close();
    }

    @Produces
    @Singleton
    UpstreamPools upstreamPools(Vertx vertx, LoadedConfiguration configuration, MeterRegistry meters) {
        UpstreamPools pools = new UpstreamPools(vertx, meters);
        pools.prepare(configuration.snapshot());
        return pools;
    }

    void close(@Disposes UpstreamPools pools) {
        pools.close();
    }

    void mount(
            @Observes Router router,
            LoadedConfiguration configuration,
            Loops loops,
            UpstreamPools pools,
            RequestRecord record,
            Drain drain) {
        GatewaySettings settings = configuration.settings();
        RandomIds ids = new RandomIds();
        new RequestPipeline(
                        new Tenants(configuration.snapshot()),
                        loops,
                        new TraceFilter(settings, ids),
                        new UpstreamProxy(pools, settings, ids),
                        record,
                        drain)
                .mountOn(router);
    }

    private static SpanSink both(SpanSink first, SpanSink second) {
        return span -> {
            first.offer(span);
            second.offer(span);
        };
    }

    /**
     * As it stands in the first source that has it. Config itself would expand expressions first, even for the raw value, and a
     * dollar sign in a header's value must not end start-up.
     */
    private static @Nullable String variable(String name) {
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            String value = source.getValue(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}

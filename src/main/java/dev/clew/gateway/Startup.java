package dev.clew.gateway;

import dev.clew.config.ConfigDirectory;
import dev.clew.config.GatewaySettings;
import dev.clew.config.LoadedConfiguration;
import dev.clew.exchange.Loops;
import dev.clew.export.AttributeLimits;
import dev.clew.export.SpanOrigin;
import dev.clew.export.SpanSink;
import dev.clew.observe.RequestRecord;
import dev.clew.observe.Telemetry;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Tenants;
import dev.clew.trace.TraceFilter;
import dev.clew.trace.context.RandomIds;
import dev.clew.trace.context.Sampler;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Reads the configuration and mounts the pipeline, before the first port opens. */
@ApplicationScoped
public class Startup {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    void mount(@Observes Router router, Vertx vertx, MeterRegistry meters) {
        LoadedConfiguration configuration = ConfigDirectory.fromEnvironment().load(GatewaySettings.STANDARD);
        report(configuration);
        GatewaySettings settings = configuration.settings();
        Tenants tenants = new Tenants(configuration.snapshot());
        UpstreamPools pools = new UpstreamPools(vertx);
        pools.prepare(tenants.current());
        SpanOrigin origin = new SpanOrigin(
                Resource.getDefault(), InstrumentationScopeInfo.create("dev.clew"), AttributeLimits.DEFAULT);
        Telemetry telemetry = new Telemetry(origin, meters);
        telemetry.prepare(tenants.current());
        RandomIds ids = new RandomIds();
        RequestRecord record = new RequestRecord(telemetry, settings, SpanSink.NONE, meters);
        new RequestPipeline(
                        tenants,
                        new Loops(vertx),
                        new TraceFilter(Sampler.DEFAULT, settings, ids),
                        new UpstreamProxy(pools, settings, ids),
                        record)
                .mountOn(router);
    }

    private static void report(LoadedConfiguration configuration) {
        for (Problem problem : configuration.problems()) {
            LOG.warn(problem);
        }
        LOG.infof("serving %d tenants", configuration.snapshot().tenants().size());
    }
}

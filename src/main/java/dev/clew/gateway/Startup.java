package dev.clew.gateway;

import dev.clew.auth.TokenVerifiers;
import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.gateway.InvalidGatewayFile;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LiveConfiguration;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.exchange.Loops;
import dev.clew.export.OtelSettings;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.extension.RequestFilter;
import dev.clew.filter.AddressFilter;
import dev.clew.filter.AuthenticationFilter;
import dev.clew.filter.ConnectionFilter;
import dev.clew.filter.LimitFilter;
import dev.clew.filter.TraceFilter;
import dev.clew.observe.RequestRecord;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.tenant.Tenants;
import dev.clew.tls.PlatformTrust;
import dev.clew.trace.context.RandomIds;
import dev.clew.trace.force.ForcedTracing;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Reads the configuration and assembles the gateway, before the first port opens. */
@ApplicationScoped
public class Startup {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    @Produces
    @Singleton
    ConfigDirectory directory() {
        return orExit(ConfigDirectory::fromEnvironment);
    }

    @Produces
    @Singleton
    LiveConfiguration liveConfiguration(ConfigDirectory directory, OtelSettings otel) {
        return orExit(() -> directory.follow(GatewaySettings.STANDARD.withSampler(otel.sampler())));
    }

    /** Returns the configuration as read at start. */
    @Produces
    @Singleton
    LoadedConfiguration configuration(LiveConfiguration live) {
        // Before any use: everything that connects is created from what this method returns.
        PlatformTrust.load();
        LoadedConfiguration loaded = live.current();
        loaded.problems().forEach(LOG::warn);
        int tenants = loaded.snapshot().tenants().size();
        String rest =
                loaded.leftOut().isEmpty() ? "" : "; not served (see above): " + String.join(", ", loaded.leftOut());
        if (tenants == 0) {
            LOG.warnf("not ready, as no tenant can be served: every request is rejected with 404%s", rest);
        } else {
            LOG.infof("serving %d tenants%s", tenants, rest);
        }
        return loaded;
    }

    /**
     * Logs an invalid configuration's problems in plain lines, before the stack trace of the failed start could bury
     * them.
     */
    private static <T> T orExit(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidGatewayFile wrong) {
            wrong.problems().forEach(LOG::error);
            LOG.error("the gateway does not start until this is corrected");
            if (LaunchMode.current() == LaunchMode.NORMAL) {
                Quarkus.asyncExit(1);
                throw new PreventFurtherStepsException(1);
            }
            throw wrong;
        }
    }

    @Produces
    @Singleton
    Tenants tenants(LoadedConfiguration configuration) {
        return new Tenants(configuration.snapshot());
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
    UpstreamPools upstreamPools(
            Vertx vertx, LoadedConfiguration configuration, MeterRegistry meters, InternalSpans spans) {
        UpstreamPools pools = new UpstreamPools(vertx, meters, spans);
        pools.prepare(configuration.snapshot());
        return pools;
    }

    void close(@Disposes UpstreamPools pools) {
        pools.close();
    }

    @Produces
    @Singleton
    TokenVerifiers tokenVerifiers(
            Vertx vertx, LoadedConfiguration configuration, MeterRegistry meters, InternalSpans spans) {
        TokenVerifiers verifiers = new TokenVerifiers(vertx, meters, spans);
        verifiers.prepare(configuration.snapshot());
        return verifiers;
    }

    void close(@Disposes TokenVerifiers verifiers) {
        verifiers.close();
    }

    void mount(
            @Observes Router router,
            LoadedConfiguration configuration,
            Tenants tenants,
            Loops loops,
            UpstreamPools pools,
            TokenVerifiers verifiers,
            OtelSettings otel,
            RequestRecord record,
            ForcedTracing forced,
            ConnectionFilter connectionFilter,
            LimitFilter limitFilter,
            @All List<RequestFilter> own,
            Drain drain) {
        GatewaySettings settings = configuration.settings();
        RandomIds ids = new RandomIds();
        new RequestPipeline(
                        tenants,
                        loops,
                        settings.trustedProxies(),
                        new RequestPipeline.Filters(
                                new TraceFilter(otel.propagators(), settings, forced, ids),
                                connectionFilter,
                                new AddressFilter(),
                                limitFilter,
                                new AuthenticationFilter(verifiers),
                                own,
                                new UpstreamProxy(pools, otel.propagators(), settings, ids, record.mirrorRecord())),
                        record,
                        drain)
                .mountOn(router);
    }
}

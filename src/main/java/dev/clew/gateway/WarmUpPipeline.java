package dev.clew.gateway;

import dev.clew.auth.TokenVerifiers;
import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.exchange.Loops;
import dev.clew.export.OtelSettings;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.filter.AddressFilter;
import dev.clew.filter.AuthenticationFilter;
import dev.clew.filter.ConnectionFilter;
import dev.clew.filter.LimitFilter;
import dev.clew.filter.TraceFilter;
import dev.clew.journal.Journal;
import dev.clew.observe.Methods;
import dev.clew.observe.RequestJournal;
import dev.clew.observe.RequestRecord;
import dev.clew.observe.Telemetry;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenants;
import dev.clew.trace.context.RandomIds;
import dev.clew.trace.force.ForcedTracing;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The pipeline that {@link Startup} mounts, for the warm-up's snapshot, with separate meters and connections, and with
 * spans and access-log lines discarded.
 */
@Singleton
class WarmUpPipeline {

    private static final long JOURNAL_BYTES = 1 << 20;

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final OtelSettings otel;
    private final SpanOrigin origin;
    private final ConnectionFilter connections;
    private final LimitFilter limits;
    private final AuthenticationFilter authentication;
    private final Drain drain;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Loops loops;
    private final UpstreamPools pools;

    WarmUpPipeline(
            Vertx vertx,
            LoadedConfiguration configuration,
            OtelSettings otel,
            SpanOrigin origin,
            ConnectionFilter connections,
            LimitFilter limits,
            TokenVerifiers verifiers,
            Drain drain) {
        this.vertx = vertx;
        this.settings = configuration.settings();
        this.otel = otel;
        this.origin = origin;
        this.connections = connections;
        this.limits = limits;
        this.authentication = new AuthenticationFilter(verifiers);
        this.drain = drain;
        this.loops = new Loops(vertx);
        this.pools = new UpstreamPools(vertx, meters);
    }

    /** Returns the request handler for that snapshot's tenants. */
    Router open(Snapshot snapshot) {
        Tenants tenants = new Tenants(snapshot);
        Telemetry telemetry =
                new Telemetry(origin, new Methods(otel.knownMethods()), settings, names -> span -> {}, null, meters);
        telemetry.prepare(snapshot);
        pools.prepare(snapshot);
        RandomIds ids = new RandomIds();
        RequestRecord record = RequestRecord.unlogged(telemetry, tenants, settings, meters, journal());
        RequestPipeline.Filters filters = new RequestPipeline.Filters(
                new TraceFilter(otel.propagators(), settings, ForcedTracing.DISABLED, ids),
                connections,
                new AddressFilter(),
                limits,
                authentication,
                List.of(),
                new UpstreamProxy(pools, otel.propagators(), settings, ids, record.mirrorRecord()));
        Router router = Router.router(vertx);
        new RequestPipeline(tenants, loops, settings.trustedProxies(), filters, record, drain).mountOn(router);
        return router;
    }

    /** Returns a journal that is thrown away with the pipeline. */
    private RequestJournal journal() {
        return new RequestJournal(new Journal(JOURNAL_BYTES, 1), otel.propagators(), settings.accessLog());
    }

    void close() {
        pools.close();
        loops.close();
        meters.close();
    }
}

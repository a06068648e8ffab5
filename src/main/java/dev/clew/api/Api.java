package dev.clew.api;

import dev.clew.config.gateway.GatewaySettings.ResponseHeaders;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.journal.Journal;
import dev.clew.observe.AccessLine;
import dev.clew.observe.Coverage;
import dev.clew.trace.context.Propagators;
import dev.clew.upstream.UpstreamPools;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Assembles the API: its paths, what each reads, and how the replicas' parts become one response. */
public final class Api {

    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final Set<String> NONE = Set.of();
    private static final Set<String> TENANT = Set.of("tenant");

    private Api() {}

    /**
     * The state that the API reads.
     *
     * @param configuration the one in force
     * @param environment the values of {@code ${NAME}} in files
     * @param telemetry the page of telemetry
     * @param propagators that read callers' trace context
     */
    public record Sources(
            Supplier<LoadedConfiguration> configuration,
            Function<String, @Nullable String> environment,
            Supplier<JsonObject> telemetry,
            Journal journal,
            UpstreamPools pools,
            Coverage coverage,
            Statistics statistics,
            Propagators propagators) {}

    /**
     * The form in which requests are shown.
     *
     * @param headers the identifying fields of responses
     * @param log how the access log shows a request
     * @param resource attributes of the gateway's spans
     */
    public record Presentation(
            ResponseHeaders headers, Map<String, String> resource, AccessLine log, TraceLinks links) {}

    /** Returns the routes. */
    public static ApiRoutes routes(
            Vertx vertx,
            Sources sources,
            Presentation shown,
            GatewayView gateway,
            Peers peers,
            PeerStreams peerStreams) {
        Replica replica = gateway.replica();
        RequestJson json = new RequestJson(replica, shown.links(), new IdentifyingFields(shown.headers()), shown.log());
        RequestStreams streams = new RequestStreams(sources.journal, json::summary, peerStreams, HEARTBEAT_MILLIS);
        return new ApiRoutes(vertx, endpoints(sources, shown, gateway, json), streams, peers);
    }

    /** Returns all but the stream of requests, which is no single response. */
    static List<Endpoint> endpoints(Sources sources, Presentation shown, GatewayView gateway, RequestJson json) {
        Replica replica = gateway.replica();
        Requests requests = new Requests(sources.journal, json);
        TraceDocuments traces = new TraceDocuments(
                requests,
                new OtlpTrace(shown.resource, gateway.version()),
                new ZipkinTrace(shown.resource.getOrDefault("service.name", "clew")));
        TenantViews tenants = new TenantViews(sources.configuration, sources.environment);
        UpstreamViews upstreams = new UpstreamViews(sources.configuration, sources.pools, replica);
        LimitViews limits = new LimitViews(sources.configuration, sources.pools, replica);
        DestinationViews destinations = new DestinationViews(sources.telemetry, sources.configuration, replica);
        CoverageViews coverage = new CoverageViews(sources.coverage);
        ProblemViews problems = new ProblemViews(sources.configuration);
        StatisticsViews statistics = new StatisticsViews(sources.statistics);
        ExplainView explain = new ExplainView(sources.configuration, sources.propagators);
        return List.of(
                Endpoint.joint("/requests", Requests.PARAMETERS, requests::list, Requests::merge),
                Endpoint.joint("/requests/:id", NONE, requests::one, new PartMerge.OneOf()),
                Endpoint.joint("/traces/:traceId", TraceDocuments.PARAMETERS, traces::read, new TraceDocuments.Merge()),
                Endpoint.local("/tenants", TENANT, tenants::list),
                Endpoint.local("/tenants/:id", NONE, tenants::one),
                Endpoint.joint("/upstreams", TENANT, upstreams::list, new Lists("upstreams")),
                Endpoint.joint("/limits", TENANT, limits::list, new Lists("limits")),
                Endpoint.joint("/destinations", NONE, destinations::list, DestinationViews::merge),
                Endpoint.joint("/coverage", TENANT, coverage::list, CoverageViews::merge),
                Endpoint.local("/problems", TENANT, problems::list),
                Endpoint.joint("/statistics", StatisticsViews.PARAMETERS, statistics::list, StatisticsViews::merge),
                Endpoint.local("/explain", ExplainView.PARAMETERS, explain::explain),
                Endpoint.joint("/gateway", NONE, gateway::read, GatewayView::merge));
    }
}

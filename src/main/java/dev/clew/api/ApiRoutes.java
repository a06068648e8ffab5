package dev.clew.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The API's routes on the management port. What a request reads, it reads on a worker thread. */
public final class ApiRoutes {

    /** The common beginning of all paths; changes that break clients get another version. */
    public static final String ROOT = "/api/v1";

    private static final Logger LOG = Logger.getLogger(ApiRoutes.class);
    private static final String JSON = "application/json";
    private static final int AT_A_TIME = 4;
    /** More than the pages of a console ask at once. */
    private static final int WAITING = 32;

    private static final String REPLICAS = "clew-replicas";

    private final Vertx vertx;
    private final List<Endpoint> endpoints;
    private final RequestStreams streams;
    private final Peers peers;
    private final ApiTurns turnsOfCallers = new ApiTurns(AT_A_TIME, WAITING);
    private final ApiTurns turnsOfPeers = new ApiTurns(AT_A_TIME, WAITING);

    ApiRoutes(Vertx vertx, List<Endpoint> endpoints, RequestStreams streams, Peers peers) {
        this.vertx = vertx;
        this.endpoints = List.copyOf(endpoints);
        this.streams = streams;
        this.peers = peers;
    }

    /** Mounts the routes. */
    public void mountOn(Router router) {
        // Before the route of one request, whose path it also matches.
        router.get(ROOT + "/requests/stream")
                .handler(context -> guarded(context, () -> {
                    streams.open(context, ApiRequest.of(context, RequestQueries.PARAMETERS));
                }));
        for (Endpoint endpoint : endpoints) {
            router.get(ROOT + endpoint.path())
                    .handler(context -> guarded(
                            context, () -> respond(context, endpoint, ApiRequest.of(context, endpoint.parameters()))));
        }
        router.route(ROOT).handler(ApiRoutes::unknown);
        router.route(ROOT + "/*").handler(ApiRoutes::unknown);
    }

    private static void unknown(RoutingContext context) {
        fail(context, ApiFailure.notFound("The API has no such path; /q/openapi describes it."));
    }

    private void guarded(RoutingContext context, Runnable action) {
        try {
            context.response().putHeader(Replica.FIELD, peers.self().id());
            action.run();
        } catch (ApiFailure failure) {
            fail(context, failure);
        }
    }

    private void respond(RoutingContext context, Endpoint endpoint, ApiRequest request) {
        // Apart, so that replicas that ask each other do not wait for each other.
        ApiTurns turns = request.isForThisReplica() ? turnsOfPeers : turnsOfCallers;
        turns.run(() -> response(endpoint, request))
                .onSuccess(response -> send(context, response.replicas(), response.body()))
                .onFailure(failed -> fail(context, failed));
    }

    private Future<PartMerge.Whole> response(Endpoint endpoint, ApiRequest request) {
        Future<List<Object>> own = vertx.executeBlocking(
                () -> {
                    @Nullable Object part = endpoint.read().apply(request);
                    return part == null ? List.of() : List.of(part);
                },
                false);
        return others(endpoint, request, own)
                .compose(others ->
                        vertx.executeBlocking(() -> PartMerge.of(endpoint, request, own.result(), others), false));
    }

    /** Returns the others' parts once this replica's is there too. */
    private Future<Peers.Parts> others(Endpoint endpoint, ApiRequest request, Future<List<Object>> own) {
        Endpoint.@Nullable Merge merge = endpoint.merge();
        if (merge == null) {
            return own.map(part -> Peers.Parts.NONE);
        }
        if (merge.waitsForOwn()) {
            return own.compose(part -> part.isEmpty() ? peers.ask(request) : Future.succeededFuture(Peers.Parts.NONE));
        }
        Future<Peers.Parts> others = peers.ask(request);
        return Future.all(own, others).map(both -> others.result());
    }

    private static void send(RoutingContext context, Replicas replicas, String body) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            response.putHeader("content-type", JSON)
                    .putHeader("cache-control", "no-store")
                    .putHeader(REPLICAS, replicas.text())
                    .end(body);
        }
    }

    private static void fail(RoutingContext context, Throwable failure) {
        ApiFailure told = failure instanceof ApiFailure known ? known : ApiFailure.internal();
        if (told != failure) {
            LOG.error("a request to the API failed", failure);
        }
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed() && !response.headWritten()) {
            if (told.status() == 503) {
                response.putHeader("retry-after", "1");
            }
            response.setStatusCode(told.status())
                    .putHeader("content-type", ApiFailure.CONTENT_TYPE)
                    .putHeader("cache-control", "no-store")
                    .end(told.json().encode());
        }
    }
}

package dev.clew.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
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
                .onSuccess(response -> send(context, response.replicas, response.body))
                .onFailure(failed -> fail(context, failed));
    }

    private record Response(Replicas replicas, String body) {}

    private Future<Response> response(Endpoint endpoint, ApiRequest request) {
        Future<List<Object>> own = vertx.executeBlocking(
                () -> {
                    @Nullable Object part = endpoint.read().apply(request);
                    return part == null ? List.of() : List.of(part);
                },
                false);
        Future<Peers.Parts> others =
                endpoint.merge() == null ? Future.succeededFuture(Peers.Parts.NONE) : peers.ask(request);
        return Future.all(own, others)
                .compose(both ->
                        vertx.executeBlocking(() -> body(endpoint, request, own.result(), others.result()), false))
                .map(body -> new Response(others.result().replicas(), body));
    }

    private static String body(Endpoint endpoint, ApiRequest request, List<Object> own, Peers.Parts others) {
        List<Object> parts = new ArrayList<>(own);
        // Of another kind, it could not be merged.
        others.bodies().stream()
                .filter(part -> own.isEmpty() || part.getClass() == own.get(0).getClass())
                .forEach(parts::add);
        if (parts.isEmpty()) {
            throw notFound(others.replicas());
        }
        Endpoint.@Nullable Merge merge = endpoint.merge();
        Object whole = merge == null ? parts.get(0) : merge.merge(request, parts);
        if (whole instanceof JsonObject object) {
            return merge != null && merge.tellsReplicas()
                    ? object.put("replicas", others.replicas().json()).encode()
                    : object.encode();
        }
        return whole.toString();
    }

    private static ApiFailure notFound(Replicas replicas) {
        return ApiFailure.notFound(
                replicas.missing().isEmpty()
                        ? "Nothing is known of it."
                        : "Nothing is known of it, but " + replicas.missing().size()
                                + " replicas did not respond; clew-replicas counts them.");
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

    /** Merges by taking the first part: what one replica has, no other has. */
    record OneOf() implements Endpoint.Merge {

        @Override
        public Object merge(ApiRequest request, List<Object> parts) {
            return parts.get(0);
        }

        @Override
        public boolean tellsReplicas() {
            return false;
        }
    }
}

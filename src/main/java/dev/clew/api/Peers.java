package dev.clew.api;

import dev.clew.management.Viewer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other replicas for their parts of a response: all at the same time, with the caller's own credential, and
 * within bounds of time, size and number. They are told to answer for themselves, so that no question goes round.
 */
public final class Peers {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 8 << 20;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    private final Vertx vertx;
    private final WebClient client;
    private final PeerAddresses addresses;
    private final Replica self;

    /**
     * @param configured {@code host} or {@code host:port}; a port not given is this gateway's own
     * @param ownPort of the management port
     */
    public Peers(Vertx vertx, Replica self, List<String> configured, int ownPort) {
        this.vertx = vertx;
        this.self = self;
        this.addresses = new PeerAddresses(configured, ownPort);
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) TIMEOUT.toMillis())
                        .setFollowRedirects(false)
                        .setUserAgent("clew-replica")
                        .setDecompressionSupported(false)
                        // Few questions are asked, and the management port has few connections.
                        .setKeepAlive(false));
    }

    /**
     * The parts of the others.
     *
     * @param bodies of those that have any
     */
    record Parts(List<PeerPart> bodies, Replicas replicas) {

        static final Parts NONE = new Parts(List.of(), Replicas.SELF);

        Parts {
            bodies = List.copyOf(bodies);
        }
    }

    private record Reply(PeerAddresses.Address address, boolean own, @Nullable Object body, @Nullable String why) {}

    Replica self() {
        return self;
    }

    /** Never fails: a replica that does not respond is named in the result. */
    Future<Parts> ask(ApiRequest request) {
        if (addresses.isEmpty() || request.isForThisReplica()) {
            return Future.succeededFuture(Parts.NONE);
        }
        return vertx.executeBlocking(addresses::resolve, false)
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(resolved -> {
                    AtomicInteger left = new AtomicInteger(MAX_BYTES);
                    List<Future<Reply>> replies = resolved.others().stream()
                            .map(address -> ask(address, request, new BoundedBody(left)))
                            .toList();
                    return Future.join(replies)
                            .otherwiseEmpty()
                            .map(done -> parts(replies, resolved.unresolved(), request.viewer()));
                })
                .otherwise(failed -> new Parts(List.of(), addresses.unknown("name not resolved in time")));
    }

    private static Parts parts(List<Future<Reply>> replies, List<Replicas.Missing> unresolved, Viewer viewer) {
        List<PeerPart> bodies = new ArrayList<>();
        List<Replicas.Missing> missing = new ArrayList<>(unresolved);
        int asked = 1 + unresolved.size();
        for (Future<Reply> future : replies) {
            Reply reply = future.result();
            if (reply.own) {
                continue;
            }
            asked++;
            String replica = reply.address.toString();
            PeerPart part = reply.body == null ? null : new PeerPart(replica, reply.body);
            if (reply.why != null) {
                missing.add(new Replicas.Missing(replica, reply.why));
            } else if (part != null && part.isWithin(viewer)) {
                bodies.add(part);
            } else if (part != null) {
                missing.add(new Replicas.Missing(replica, "its tokens differ"));
            }
        }
        return new Parts(bodies, new Replicas(asked, missing));
    }

    private Future<Reply> ask(PeerAddresses.Address address, ApiRequest request, BoundedBody body) {
        return client.get(address.port(), address.host(), PeerQuestion.target(request))
                .timeout(TIMEOUT.toMillis())
                .putHeaders(PeerQuestion.fields(request, self))
                .putHeader(HttpHeaders.ACCEPT.toString(), "application/json")
                .as(BodyCodec.pipe(body, true))
                .send()
                // The client's own bound is between two parts of a response.
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(response -> vertx.executeBlocking(() -> reply(address, response, body), false))
                .otherwise(failed -> new Reply(address, false, null, why(failed)));
    }

    private Reply reply(PeerAddresses.Address address, HttpResponse<Void> response, BoundedBody body) {
        if (self.id().equals(response.getHeader(Replica.FIELD))) {
            return new Reply(address, true, null, null);
        }
        int status = response.statusCode();
        if (status == NOT_FOUND && response.getHeader(Replica.FIELD) != null) {
            return new Reply(address, false, null, null);
        }
        if (status != OK) {
            return new Reply(address, false, null, status == UNAUTHORIZED ? "requires a token" : "status " + status);
        }
        if (body.isTooLarge()) {
            return new Reply(address, false, null, "more than " + MAX_BYTES + " bytes in all");
        }
        try {
            return new Reply(address, false, Json.decodeValue(body.body()), null);
        } catch (DecodeException malformed) {
            return new Reply(address, false, null, "no JSON");
        }
    }

    private static String why(Throwable failed) {
        return failed instanceof TimeoutException
                ? "no response within " + TIMEOUT.toSeconds() + " s"
                : "no connection";
    }

    /** Closes the connections to the others. */
    public void close() {
        client.close();
    }
}

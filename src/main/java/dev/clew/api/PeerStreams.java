package dev.clew.api;

import dev.clew.management.Viewer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The live streams of the other replicas, passed on event by event. */
public final class PeerStreams {

    private static final int CONNECT_MILLIS = 2_000;
    /** More than two heartbeats: a replica that died without a word is missing. */
    private static final int SILENT_SECONDS = 40;

    private static final long LOOK_MILLIS = 30_000;
    private static final String DATA = "\ndata: ";
    private static final int MAX_EVENT = 64 << 10;
    private static final String END_OF_EVENT = "\n\n";

    private final Vertx vertx;
    private final HttpClient client;
    private final PeerAddresses addresses;
    private final Replica self;

    /**
     * @param configured as for {@link Peers}
     * @param ownPort of the management port
     */
    public PeerStreams(Vertx vertx, Replica self, List<String> configured, int ownPort) {
        this.vertx = vertx;
        this.self = self;
        this.addresses = new PeerAddresses(configured, ownPort);
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadIdleTimeout(SILENT_SECONDS)
                .setMaxPoolSize(StreamPlaces.MAX));
    }

    /** Receives what the others send, on the event loop given to {@link #follow}. */
    interface Listener {

        /** @param event with the empty line that ends it */
        void received(String event);

        /** Receives the replicas that are followed now, and those that are not. */
        void changed(Replicas replicas);
    }

    /** Follows the other replicas' streams with the same filters; returns what ends that. */
    Runnable follow(ApiRequest request, Context loop, Listener listener) {
        if (addresses.isEmpty() || request.isForThisReplica()) {
            return () -> {};
        }
        Following following = new Following(request, listener);
        Runnable look = () -> vertx.executeBlocking(addresses::resolve, false)
                .onSuccess(resolved -> loop.runOnContext(now -> following.update(resolved)));
        look.run();
        // Replicas come, go and come back while a stream is open.
        long timer = loop.owner().setPeriodic(LOOK_MILLIS, again -> look.run());
        return () -> {
            loop.owner().cancelTimer(timer);
            following.close();
        };
    }

    /** Closes all connections. */
    public void close() {
        client.close();
    }

    /** The followed streams of one client, on its event loop. */
    private final class Following {

        private final ApiRequest request;
        private final Listener listener;
        private final Map<PeerAddresses.Address, HttpClientRequest> open = new LinkedHashMap<>();
        private final Map<String, Replicas.Missing> missing = new LinkedHashMap<>();
        private final Set<PeerAddresses.Address> known = new LinkedHashSet<>();
        private final Set<PeerAddresses.Address> connecting = new HashSet<>();
        private PeerAddresses.@Nullable Address own;
        private int unresolved;
        private boolean closed;

        Following(ApiRequest request, Listener listener) {
            this.request = request;
            this.listener = listener;
        }

        void update(PeerAddresses.Resolved resolved) {
            if (closed) {
                return;
            }
            unresolved = resolved.unresolved().size();
            known.clear();
            known.addAll(resolved.others());
            known.addAll(open.keySet());
            missing.clear();
            resolved.unresolved().forEach(one -> missing.put(one.replica(), one));
            for (PeerAddresses.Address address : resolved.others()) {
                if (!open.containsKey(address) && !address.equals(own) && connecting.add(address)) {
                    connect(address);
                }
            }
            if (connecting.isEmpty()) {
                report();
            }
        }

        private void connect(PeerAddresses.Address address) {
            client.request(new RequestOptions()
                            .setMethod(HttpMethod.GET)
                            .setHost(address.host())
                            .setPort(address.port())
                            .setURI(PeerQuestion.target(request))
                            .setHeaders(PeerQuestion.fields(request, self)))
                    .onSuccess(connected -> send(address, connected))
                    .onFailure(failed -> lost(address, "no connection"));
        }

        private void send(PeerAddresses.Address address, HttpClientRequest connected) {
            if (closed) {
                connected.reset();
                return;
            }
            open.put(address, connected);
            connected
                    .send()
                    .onSuccess(response -> {
                        connecting.remove(address);
                        read(address, connected, response);
                    })
                    .onFailure(failed -> lost(address, "no response"));
        }

        private void read(PeerAddresses.Address address, HttpClientRequest connected, HttpClientResponse response) {
            if (self.id().equals(response.getHeader(Replica.FIELD))) {
                own = address;
                open.remove(address);
                connected.reset();
                report();
                return;
            }
            if (response.statusCode() != 200) {
                lost(address, response.statusCode() == 401 ? "requires a token" : "status " + response.statusCode());
                connected.reset();
                return;
            }
            RecordParser events =
                    RecordParser.newDelimited(END_OF_EVENT, this::pass).maxRecordSize(MAX_EVENT);
            events.exceptionHandler(tooLarge -> connected.reset());
            response.handler(events);
            response.exceptionHandler(broken -> lost(address, "connection closed"));
            response.endHandler(end -> lost(address, "connection closed"));
            report();
        }

        private void pass(Buffer event) {
            String text = event.toString();
            boolean passes = text.startsWith("event: dropped")
                    || text.startsWith("event: request") && isVisible(text, request.viewer());
            if (!closed && passes) {
                listener.received(text + END_OF_EVENT);
            }
        }

        /** Returns whether a request is the caller's to see also here: the other replica's tokens may differ. */
        private static boolean isVisible(String event, Viewer viewer) {
            int data = event.indexOf(DATA);
            try {
                return viewer.seesAll()
                        || data >= 0
                                && PeerPart.isVisible(new JsonObject(event.substring(data + DATA.length())), viewer);
            } catch (DecodeException malformed) {
                return false;
            }
        }

        private void lost(PeerAddresses.Address address, String why) {
            open.remove(address);
            connecting.remove(address);
            Replicas.@Nullable Missing before =
                    missing.putIfAbsent(address.toString(), new Replicas.Missing(address.toString(), why));
            if (before == null) {
                report();
            }
        }

        private void report() {
            if (!closed) {
                int others = known.size() - (own != null && known.contains(own) ? 1 : 0) + unresolved;
                listener.changed(new Replicas(1 + others, List.copyOf(missing.values())));
            }
        }

        void close() {
            closed = true;
            List.copyOf(open.values()).forEach(HttpClientRequest::reset);
        }
    }
}

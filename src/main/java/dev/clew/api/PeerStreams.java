package dev.clew.api;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The live streams of the other replicas, passed on event by event. */
public final class PeerStreams {

    private static final int CONNECT_MILLIS = 2_000;
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
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(StreamPlaces.MAX));
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
        vertx.executeBlocking(addresses::resolve, false)
                .onSuccess(resolved -> loop.runOnContext(now -> following.begin(resolved)));
        return following::close;
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
        private int asked = 1;
        private boolean closed;

        Following(ApiRequest request, Listener listener) {
            this.request = request;
            this.listener = listener;
        }

        void begin(PeerAddresses.Resolved resolved) {
            if (closed) {
                return;
            }
            asked += resolved.others().size() + resolved.unresolved().size();
            resolved.unresolved().forEach(one -> missing.put(one.replica(), one));
            for (PeerAddresses.Address address : resolved.others()) {
                connect(address);
            }
            if (resolved.others().isEmpty()) {
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
                    .onSuccess(response -> read(address, connected, response))
                    .onFailure(failed -> lost(address, "no response"));
        }

        private void read(PeerAddresses.Address address, HttpClientRequest connected, HttpClientResponse response) {
            if (self.id().equals(response.getHeader(Replica.FIELD))) {
                asked--;
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
            if (!closed && (text.startsWith("event: request") || text.startsWith("event: dropped"))) {
                listener.received(text + END_OF_EVENT);
            }
        }

        private void lost(PeerAddresses.Address address, String why) {
            open.remove(address);
            Replicas.@Nullable Missing before =
                    missing.putIfAbsent(address.toString(), new Replicas.Missing(address.toString(), why));
            if (before == null) {
                report();
            }
        }

        private void report() {
            if (!closed) {
                listener.changed(new Replicas(asked, List.copyOf(missing.values())));
            }
        }

        void close() {
            closed = true;
            List.copyOf(open.values()).forEach(HttpClientRequest::reset);
        }
    }
}

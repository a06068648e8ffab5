package dev.clew.api;

import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.JournalQuery;
import dev.clew.management.Access;
import dev.clew.management.ManagementGuard;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Live streams of requests as server-sent events; their number is bounded, in all and for each token. */
final class RequestStreams {

    private final Journal journal;
    private final Function<JournalEntry, JsonObject> summary;
    private final PeerStreams peers;
    private final long heartbeatMillis;
    private final StreamPlaces places = new StreamPlaces();

    /** @param heartbeatMillis between signs of life, at which a stream whose token is no longer valid ends */
    RequestStreams(
            Journal journal, Function<JournalEntry, JsonObject> summary, PeerStreams peers, long heartbeatMillis) {
        this.journal = journal;
        this.summary = summary;
        this.peers = peers;
        this.heartbeatMillis = heartbeatMillis;
    }

    /** Responds until the client goes. Called on the event loop of the connection. */
    void open(RoutingContext routing, ApiRequest request) {
        open(routing, request, ManagementGuard.accessOf(routing));
    }

    void open(RoutingContext routing, ApiRequest request, Access access) {
        JournalQuery query = RequestQueries.of(request);
        places.take(access.holder());
        new RequestStream(routing, journal, query, summary, access, () -> places.free(access.holder()))
                .begin(peers, request, heartbeatMillis);
    }
}

package dev.clew.api;

import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.JournalQuery;
import dev.clew.journal.Subscription;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Live streams of requests as server-sent events. A client that does not read in time loses requests, and is told how
 * many: neither requests nor other streams wait for it. The number of streams is bounded.
 */
final class RequestStreams {

    /** Less than half of the connections of the management port, which probes need too. */
    static final int MAX = 24;

    private static final int WAITING = 256;
    private static final long FLUSH_MILLIS = 100;
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final Journal journal;
    private final RequestJson json;
    private final PeerStreams peers;
    private final AtomicInteger open = new AtomicInteger();

    RequestStreams(Journal journal, RequestJson json, PeerStreams peers) {
        this.journal = journal;
        this.json = json;
        this.peers = peers;
    }

    /** Responds until the client goes. Called on the event loop of the connection. */
    void open(RoutingContext routing, ApiRequest request) {
        JournalQuery query = RequestQueries.of(request);
        if (open.incrementAndGet() > MAX) {
            open.decrementAndGet();
            throw ApiFailure.busy("At most " + MAX + " streams are open at a time.");
        }
        new Stream(routing, query).begin(request);
    }

    private static String event(String name, JsonObject data) {
        return "event: " + name + "\ndata: " + data.encode() + "\n\n";
    }

    /** One stream, on the event loop of its connection. */
    private final class Stream implements PeerStreams.Listener {

        private final Context loop;
        private final HttpServerResponse response;
        private final Subscription subscription;
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private Runnable whenEnded = () -> {};
        private long droppedOfPeers;
        private boolean ended;

        Stream(RoutingContext routing, JournalQuery query) {
            this.loop = routing.vertx().getOrCreateContext();
            this.response = routing.response();
            this.subscription = journal.subscribe(query, WAITING, this::schedule);
        }

        void begin(ApiRequest request) {
            response.closeHandler(gone -> end());
            response.exceptionHandler(broken -> end());
            response.putHeader("content-type", "text/event-stream")
                    .putHeader("cache-control", "no-store")
                    .setChunked(true);
            write("retry: 2000\n\n");
            long heartbeat = loop.owner().setPeriodic(HEARTBEAT_MILLIS, beat -> write(":\n\n"));
            Runnable close = peers.follow(request, loop, this);
            whenEnded = () -> {
                loop.owner().cancelTimer(heartbeat);
                subscription.close();
                close.run();
                open.decrementAndGet();
            };
        }

        /** Collects what ends within a moment, so that many requests cost one write. Called on any thread. */
        private void schedule() {
            if (scheduled.compareAndSet(false, true)) {
                loop.runOnContext(now -> loop.owner().setTimer(FLUSH_MILLIS, due -> flush()));
            }
        }

        private void flush() {
            scheduled.set(false);
            if (ended) {
                return;
            }
            if (response.writeQueueFull()) {
                // Requests wait in the subscription meanwhile, within its bound.
                schedule();
                return;
            }
            StringBuilder events = new StringBuilder();
            for (JournalEntry entry : subscription.take()) {
                events.append(event("request", json.summary(entry)));
            }
            long dropped = subscription.takeDropped() + droppedOfPeers;
            droppedOfPeers = 0;
            if (dropped > 0) {
                events.append(event("dropped", new JsonObject().put("count", dropped)));
            }
            write(events.toString());
        }

        @Override
        public void received(String event) {
            if (response.writeQueueFull()) {
                droppedOfPeers++;
                schedule();
            } else {
                write(event);
            }
        }

        @Override
        public void changed(Replicas replicas) {
            write(event("replicas", replicas.json()));
        }

        private void write(String text) {
            if (!ended && !text.isEmpty()) {
                response.write(text).onFailure(gone -> end());
            }
        }

        private void end() {
            if (!ended) {
                ended = true;
                whenEnded.run();
            }
        }
    }
}

package dev.clew.api;

import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.JournalQuery;
import dev.clew.journal.Subscription;
import dev.clew.management.Access;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One live stream, on the event loop of its connection; its events are written as text by workers. A client that does
 * not read in time loses requests, and is told how many: neither requests nor other streams wait for it.
 */
final class RequestStream implements PeerStreams.Listener {

    private static final Logger LOG = Logger.getLogger(RequestStream.class);
    private static final int WAITING = 256;
    private static final long FLUSH_MILLIS = 100;

    /** Nobody reads more at a time; the rest is counted as dropped. */
    private static final int MOST_AT_A_TIME = 50;

    private final Context loop;
    private final HttpServerResponse response;
    private final Function<JournalEntry, JsonObject> summary;
    private final Access access;
    private final Subscription subscription;
    private final List<Runnable> whenEnded = new ArrayList<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean rendering;
    private long droppedOfPeers;
    private boolean ended;

    /** @param place given back once, whatever ends the stream */
    RequestStream(
            RoutingContext routing,
            Journal journal,
            JournalQuery query,
            Function<JournalEntry, JsonObject> summary,
            Access access,
            Runnable place) {
        this.loop = routing.vertx().getOrCreateContext();
        this.response = routing.response();
        this.summary = summary;
        this.access = access;
        this.subscription = journal.subscribe(query, WAITING, this::schedule);
        this.whenEnded.add(place);
        this.whenEnded.add(subscription::close);
    }

    /** Begins to respond. What is to be released is known before the first write, which may fail at once. */
    void begin(PeerStreams peers, ApiRequest request, long heartbeatMillis) {
        long heartbeat = loop.owner().setPeriodic(heartbeatMillis, beat -> beat());
        whenEnded.add(() -> loop.owner().cancelTimer(heartbeat));
        try {
            response.closeHandler(gone -> end());
            response.exceptionHandler(broken -> end());
            response.putHeader("content-type", "text/event-stream")
                    .putHeader("cache-control", "no-store")
                    .setChunked(true);
            write("retry: 2000\n\n");
            if (!ended) {
                whenEnded.add(peers.follow(request, loop, this));
            }
        } catch (RuntimeException failed) {
            end();
            throw failed;
        }
    }

    private void beat() {
        if (access.isValid()) {
            write(":\n\n");
        } else if (!ended) {
            end();
            response.end();
        }
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
        if (rendering || response.writeQueueFull()) {
            // Requests wait in the subscription meanwhile, within its bound.
            schedule();
            return;
        }
        rendering = true;
        long dropped = droppedOfPeers;
        droppedOfPeers = 0;
        loop.<String>executeBlocking(() -> render(dropped), false).onComplete(rendered -> {
            rendering = false;
            if (rendered.succeeded()) {
                write(rendered.result());
            } else {
                LOG.error("a stream of requests failed", rendered.cause());
            }
        });
    }

    /** Returns what waits as events. Called on a worker thread, one at a time. */
    private String render(long droppedBefore) {
        StringBuilder events = new StringBuilder();
        List<JournalEntry> taken = subscription.take();
        for (JournalEntry entry : taken.subList(0, Math.min(taken.size(), MOST_AT_A_TIME))) {
            events.append(event("request", summary.apply(entry)));
        }
        long dropped = droppedBefore + subscription.takeDropped() + Math.max(0, taken.size() - MOST_AT_A_TIME);
        if (dropped > 0) {
            events.append(event("dropped", new JsonObject().put("count", dropped)));
        }
        return events.toString();
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

    private static String event(String name, JsonObject data) {
        return "event: " + name + "\ndata: " + data.encode() + "\n\n";
    }

    private void write(String text) {
        if (!ended && !text.isEmpty()) {
            response.write(text).onFailure(gone -> end());
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            whenEnded.forEach(Runnable::run);
        }
    }
}

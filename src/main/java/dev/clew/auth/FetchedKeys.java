package dev.clew.auth;

import dev.clew.access.KeySet;
import dev.clew.access.KeySource.Fetched;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a server has told, which are fetched again before they are old. When it cannot be reached the last ones stay in
 * force, for as long as their source says.
 */
final class FetchedKeys implements IssuerKeys {

    /** How the latest fetch ended, and what that means for tokens. */
    enum State {
        /** The keys are the server's latest. */
        FRESH,
        /** The server fails; its last keys are in force. */
        STALE,
        /** There are no keys, so that no token can be checked. */
        MISSING;

        /** The word for it in metrics and pages. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Logger LOG = Logger.getLogger(FetchedKeys.class);

    /** A request that waits holds its connection and its part of the tenant's limits. */
    static final int MOST_WAITING = 1000;

    private record Answer(KeySet keys, long atNanos, Instant at) {}

    private final String label;
    private final Fetched source;
    private final Supplier<Future<KeySet>> server;
    private final LongSupplier clock;
    private final FetchSchedule schedule;
    private volatile @Nullable Answer last;
    /** Null while the latest fetch has not failed. */
    private volatile @Nullable String failure;

    private @Nullable Promise<Void> underWay;
    private int waiting;

    /**
     * Keys that nobody has fetched yet.
     *
     * @param label whose they are, for the log
     * @param server is asked by each call; the message of its failure holds nothing of an answer
     * @param clock as {@link System#nanoTime}
     */
    FetchedKeys(String label, Fetched source, Supplier<Future<KeySet>> server, LongSupplier clock) {
        this.label = label;
        this.source = source;
        this.server = server;
        this.clock = clock;
        this.schedule = new FetchSchedule(source, clock.getAsLong());
    }

    @Override
    public @Nullable KeySet current() {
        Answer answer = last;
        return answer != null
                        && clock.getAsLong() - answer.atNanos <= source.keep().toNanos()
                ? answer.keys
                : null;
    }

    State state() {
        return current() == null ? State.MISSING : failure == null ? State.FRESH : State.STALE;
    }

    /** What the latest fetch failed with; null while it has not. */
    @Nullable String failure() {
        return failure;
    }

    /** When the server last told its keys; null while it never has. */
    @Nullable Instant fetchedAt() {
        Answer answer = last;
        return answer == null ? null : answer.at;
    }

    @Override
    public synchronized @Nullable Future<Void> refresh() {
        if (underWay == null && schedule.mayBegin(clock.getAsLong())) {
            begin();
        }
        Promise<Void> fetch = underWay;
        if (fetch == null || waiting >= MOST_WAITING) {
            return null;
        }
        waiting++;
        return fetch.future();
    }

    /** Begins a fetch when it is time for one. */
    synchronized void fetchIfDue() {
        if (underWay == null && schedule.isDue(clock.getAsLong())) {
            begin();
        }
    }

    private void begin() {
        schedule.begun(clock.getAsLong());
        underWay = Promise.promise();
        server.get().onComplete(this::ended);
    }

    private void ended(AsyncResult<KeySet> result) {
        long now = clock.getAsLong();
        Promise<Void> fetch;
        synchronized (this) {
            if (result.succeeded()) {
                succeeded(result.result(), now);
            } else {
                failed(String.valueOf(result.cause().getMessage()), now);
            }
            fetch = underWay;
            underWay = null;
            waiting = 0;
        }
        if (fetch != null) {
            fetch.complete();
        }
    }

    private void succeeded(KeySet keys, long now) {
        Answer before = last;
        // The very object where nothing has changed, since tokens that were checked hang on it.
        last = new Answer(before != null && before.keys.equals(keys) ? before.keys : keys, now, Instant.now());
        if (failure != null) {
            LOG.infof("%s: its key set is fetched again", label);
        }
        failure = null;
        schedule.succeeded(now);
    }

    private void failed(String reason, long now) {
        if (failure == null) {
            LOG.warnf(
                    "%s: its key set cannot be fetched (%s); %s. It is tried again, and this is said once until it works",
                    label,
                    reason,
                    current() == null
                            ? "requests with tokens are answered with 503"
                            : "the last keys are used for up to " + source.keep());
        }
        failure = reason;
        schedule.failed(now);
    }
}

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
 * Keys fetched from a server, and again before they are outdated. While fetches fail, the last keys stay in force for
 * as long as their source allows.
 */
final class FetchedKeys implements IssuerKeys {

    /** The state after the latest fetch. */
    enum State {
        /** The latest fetch succeeded. */
        FRESH,
        /** The latest fetch failed; the last keys are in force. */
        STALE,
        /** No keys are usable, so that no token can be verified. */
        MISSING;

        /** Returns the name of the state in metrics and status pages. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Logger LOG = Logger.getLogger(FetchedKeys.class);

    /** Bounds the waiting requests, each of which holds its connection and its part of the tenant's limits. */
    static final int MAX_WAITING = 1000;

    private record Fetch(KeySet keys, long atNanos, Instant at) {}

    private final String label;
    private final Fetched source;
    private final Supplier<Future<KeySet>> server;
    private final LongSupplier clock;
    private final FetchSchedule schedule;
    private volatile @Nullable Fetch last;
    /** Null unless the latest fetch failed. */
    private volatile @Nullable String failure;

    private @Nullable Promise<Void> underWay;
    private int waiting;

    /**
     * Creates a key set without keys.
     *
     * @param label the scheme, for the log
     * @param server fetches the keys; a failure's message contains no part of the response
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
        Fetch fetch = last;
        return fetch != null
                        && clock.getAsLong() - fetch.atNanos <= source.keep().toNanos()
                ? fetch.keys
                : null;
    }

    State state() {
        return current() == null ? State.MISSING : failure == null ? State.FRESH : State.STALE;
    }

    /** Returns the latest fetch's failure; null if it succeeded or has not ended. */
    @Nullable String failure() {
        return failure;
    }

    /** Returns the time of the last successful fetch; null before the first. */
    @Nullable Instant fetchedAt() {
        Fetch fetch = last;
        return fetch == null ? null : fetch.at;
    }

    @Override
    public synchronized @Nullable Future<Void> refresh() {
        if (underWay == null && schedule.mayBegin(clock.getAsLong())) {
            begin();
        }
        Promise<Void> fetch = underWay;
        if (fetch == null || waiting >= MAX_WAITING) {
            return null;
        }
        waiting++;
        return fetch.future();
    }

    /** Begins a fetch if one is due. */
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
        Fetch before = last;
        // Keeps the object while the keys are the same, because verified tokens refer to it.
        last = new Fetch(before != null && before.keys.equals(keys) ? before.keys : keys, now, Instant.now());
        if (failure != null) {
            LOG.infof("%s: key set fetched again", label);
        }
        failure = null;
        schedule.succeeded(now);
    }

    private void failed(String reason, long now) {
        if (failure == null) {
            LOG.warnf(
                    "%s: key set fetch failed (%s); %s. Retrying; logged once until it succeeds",
                    label,
                    reason,
                    current() == null
                            ? "requests with tokens get 503"
                            : "the last keys stay in use for up to " + source.keep());
        }
        failure = reason;
        schedule.failed(now);
    }
}

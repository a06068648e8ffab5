package dev.clew.auth;

import dev.clew.access.KeySet;
import dev.clew.access.KeySource.Fetched;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
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

    /**
     * Event loops share it, and none may wait for another that begins or ends a fetch.
     *
     * @param underWay null between two fetches; whoever sets it begins one, and the end of that fetch alone clears it
     */
    private record Progress(FetchSchedule schedule, @Nullable Waiting underWay) {}

    /** The requests that wait for the end of a fetch. */
    private static final class Waiting {

        private final Promise<Void> end = Promise.promise();
        private final AtomicInteger count = new AtomicInteger();

        @Nullable Future<Void> join() {
            return count.incrementAndGet() > MAX_WAITING ? null : end.future();
        }
    }

    private final String label;
    private final Fetched source;
    private final Supplier<Future<KeySet>> server;
    private final LongSupplier clock;
    private final AtomicReference<Progress> progress;
    private volatile @Nullable Fetch last;
    /** Null unless the latest fetch failed. */
    private volatile @Nullable String failure;

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
        this.progress = new AtomicReference<>(new Progress(new FetchSchedule(source, clock.getAsLong()), null));
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
    public @Nullable Future<Void> refresh() {
        Progress now = progress();
        Waiting underWay = now.underWay == null ? begin(now, now.schedule::mayBegin) : now.underWay;
        return underWay == null ? null : underWay.join();
    }

    /** Begins a fetch if one is due. */
    void fetchIfDue() {
        Progress now = progress();
        if (now.underWay == null) {
            begin(now, now.schedule::isDue);
        }
    }

    private Progress progress() {
        return Objects.requireNonNull(progress.get());
    }

    /** Returns those who wait for the fetch that this call or, at the same moment, another thread began; or null. */
    private @Nullable Waiting begin(Progress before, LongPredicate isTime) {
        long now = clock.getAsLong();
        if (!isTime.test(now)) {
            return null;
        }
        Waiting waiting = new Waiting();
        if (!progress.compareAndSet(before, new Progress(before.schedule.begun(now), waiting))) {
            return progress().underWay;
        }
        fetch().onComplete(result -> ended(result, waiting));
        return waiting;
    }

    private Future<KeySet> fetch() {
        try {
            return server.get();
        } catch (RuntimeException fault) {
            // Otherwise the fetch would be under way for ever.
            return Future.failedFuture(fault);
        }
    }

    private void ended(AsyncResult<KeySet> result, Waiting waiting) {
        long now = clock.getAsLong();
        FetchSchedule schedule = progress().schedule;
        if (result.succeeded()) {
            succeeded(result.result(), now);
            progress.set(new Progress(schedule.succeeded(now), null));
        } else {
            failed(String.valueOf(result.cause().getMessage()));
            progress.set(new Progress(schedule.failed(now), null));
        }
        waiting.end.complete();
    }

    private void succeeded(KeySet keys, long now) {
        Fetch before = last;
        // Keeps the object while the keys are the same, because verified tokens refer to it.
        last = new Fetch(before != null && before.keys.equals(keys) ? before.keys : keys, now, Instant.now());
        if (failure != null) {
            LOG.infof("%s: key set fetched again", label);
        }
        failure = null;
    }

    private void failed(String reason) {
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
    }
}

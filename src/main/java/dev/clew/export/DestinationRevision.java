package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.SpanQueue;
import dev.clew.export.settings.DestinationSettings;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** What a destination works with from one change of its settings to the next. */
final class DestinationRevision {

    private final DestinationSettings settings;
    private final SpanQueue queue;
    private final Backend backend;
    private final FailureLog log;
    private final CountDownLatch adopted = new CountDownLatch(1);

    private DestinationRevision(DestinationSettings settings, SpanQueue queue, Backend backend, FailureLog log) {
        this.settings = settings;
        this.queue = queue;
        this.backend = backend;
        this.log = log;
    }

    static DestinationRevision first(
            DestinationSettings settings, Backend backend, ExportCounters counters, Runnable wake) {
        return new DestinationRevision(
                settings, queue(settings, backend, counters, wake), backend, new FailureLog(counters));
    }

    private static SpanQueue queue(
            DestinationSettings settings, Backend backend, ExportCounters counters, Runnable wake) {
        SpanQueue queue = new SpanQueue(settings.queue(), counters, wake);
        if (backend == Backend.NONE) {
            queue.refuse(DropReason.MISCONFIGURED);
        }
        return queue;
    }

    /** Keeps the queue when its settings are the same, and what is known of the backend when it is. */
    DestinationRevision next(DestinationSettings next, Backend with, ExportCounters counters, Runnable wake) {
        boolean same = next.queue().equals(settings.queue()) && backend != Backend.NONE && with != Backend.NONE;
        return new DestinationRevision(
                next,
                same ? queue : queue(next, with, counters, wake),
                with,
                Objects.equals(next.otlp(), settings.otlp()) ? log : log.successor());
    }

    DestinationSettings settings() {
        return settings;
    }

    /** What offered spans wait in. */
    SpanQueue queue() {
        return queue;
    }

    Backend backend() {
        return backend;
    }

    /** How exports by its backend fare. */
    FailureLog log() {
        return log;
    }

    /** Reaches zero when the destination's thread has turned to this lane. */
    CountDownLatch adopted() {
        return adopted;
    }
}

package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportQueue;
import dev.clew.export.queue.Queued;
import dev.clew.export.settings.DestinationSettings;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** The settings, queue, backend and failure log of a destination between two changes of its settings. */
final class DestinationRevision<T extends Queued> {

    private final DestinationSettings settings;
    private final ExportQueue<T> queue;
    private final Backend<T> backend;
    private final FailureLog log;
    private final CountDownLatch adopted = new CountDownLatch(1);

    private DestinationRevision(
            DestinationSettings settings, ExportQueue<T> queue, Backend<T> backend, FailureLog log) {
        this.settings = settings;
        this.queue = queue;
        this.backend = backend;
        this.log = log;
    }

    static <T extends Queued> DestinationRevision<T> first(
            DestinationSettings settings, Backend<T> backend, ExportCounters counters, Runnable wake) {
        return new DestinationRevision<>(
                settings, queue(settings, backend, counters, wake), backend, new FailureLog(counters));
    }

    private static <T extends Queued> ExportQueue<T> queue(
            DestinationSettings settings, Backend<T> backend, ExportCounters counters, Runnable wake) {
        ExportQueue<T> queue = new ExportQueue<>(settings.queue(), counters, wake);
        if (backend.isNone()) {
            queue.reject(DropReason.MISCONFIGURED);
        }
        return queue;
    }

    /**
     * Returns the next revision; it keeps the queue if the queue's settings are equal, and the failure log if the
     * backend's are.
     */
    DestinationRevision<T> next(DestinationSettings next, Backend<T> with, ExportCounters counters, Runnable wake) {
        boolean same = next.queue().equals(settings.queue()) && !backend.isNone() && !with.isNone();
        return new DestinationRevision<>(
                next,
                same ? queue : queue(next, with, counters, wake),
                with,
                Objects.equals(next.otlp(), settings.otlp()) ? log : log.successor());
    }

    DestinationSettings settings() {
        return settings;
    }

    /** Returns the queue of offered items. */
    ExportQueue<T> queue() {
        return queue;
    }

    Backend<T> backend() {
        return backend;
    }

    /** Returns the log of exports to the backend. */
    FailureLog log() {
        return log;
    }

    /** Returns a latch that opens once the destination's thread has switched to this revision. */
    CountDownLatch adopted() {
        return adopted;
    }
}

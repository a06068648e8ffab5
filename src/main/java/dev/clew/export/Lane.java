package dev.clew.export;

import dev.clew.export.settings.DestinationSettings;
import java.util.concurrent.CountDownLatch;

/** What a destination works with from one change of its settings to the next. */
final class Lane {

    private final DestinationSettings settings;
    private final SpanQueue queue;
    private final Backend backend;
    private final CountDownLatch adopted = new CountDownLatch(1);

    private Lane(DestinationSettings settings, SpanQueue queue, Backend backend) {
        this.settings = settings;
        this.queue = queue;
        this.backend = backend;
    }

    static Lane first(DestinationSettings settings, Backend backend, ExportCounters counters, Runnable wake) {
        SpanQueue queue = new SpanQueue(settings.queue(), counters, wake);
        if (backend == Backend.NONE) {
            queue.refuse(DropReason.MISCONFIGURED);
        }
        return new Lane(settings, queue, backend);
    }

    /** Keeps the queue when its settings are the same. */
    Lane next(DestinationSettings next, Backend with, ExportCounters counters, Runnable wake) {
        boolean same = next.queue().equals(settings.queue()) && backend != Backend.NONE && with != Backend.NONE;
        return same ? new Lane(next, queue, with) : first(next, with, counters, wake);
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

    /** Reaches zero when the destination's thread has turned to this lane. */
    CountDownLatch adopted() {
        return adopted;
    }
}

package dev.clew.export.queue;

/** Accepts finished spans for export. */
@FunctionalInterface
public interface SpanSink {

    /** Discards every span. */
    SpanSink NONE = span -> {};

    /**
     * Accepts a span, or drops and counts it. Never blocks and never throws. Thread-safe.
     *
     * @param span a finished span
     */
    void offer(QueuedSpan span);
}

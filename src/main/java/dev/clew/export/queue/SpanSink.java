package dev.clew.export.queue;

/** Takes finished spans on their way out. */
@FunctionalInterface
public interface SpanSink {

    /** Takes and forgets every span. */
    SpanSink NONE = span -> {};

    /**
     * Takes a span, or drops and counts it. Never blocks and never throws; safe to call from any thread.
     *
     * @param span a span that has ended
     */
    void offer(FinishedSpan span);
}

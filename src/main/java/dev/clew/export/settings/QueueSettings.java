package dev.clew.export.settings;

import java.time.Duration;

/**
 * The bounds and intervals of one destination's queue ({@code OTEL_BSP_*}).
 *
 * @param maxSpans the bound on spans held, including those being sent; 1 to {@value #MAX_SPANS}
 * @param maxBytes the bound on bytes held, as estimated by the spans; 1 or more
 * @param batch the bound on spans sent at once; 1 to {@code maxSpans}
 * @param delay the interval of exports while no full batch is waiting; above zero
 * @param exportTimeout the bound on one export, retries included; above zero
 */
public record QueueSettings(int maxSpans, long maxBytes, int batch, Duration delay, Duration exportTimeout) {

    /** The size of the largest queue: its slots are allocated at once, 4 MiB of them at this size. */
    public static final int MAX_SPANS = 1 << 20;

    /** The least size that a span counts for. */
    public static final int LEAST_SPAN_BYTES = 256;

    private static final long STANDARD_BYTES = 8L << 20;

    /**
     * The defaults of the OpenTelemetry specification ("Batch Span Processor"), except for the size: 8 MiB, and as many
     * spans as fit. The specification's 2048 spans are a fraction of a second's traffic here.
     */
    public static final QueueSettings DEFAULT = new QueueSettings(
            mostSpansIn(STANDARD_BYTES), STANDARD_BYTES, 512, Duration.ofSeconds(5), Duration.ofSeconds(30));

    public QueueSettings {
        require(maxSpans > 0 && maxSpans <= MAX_SPANS, "maxSpans", maxSpans, "1 to " + MAX_SPANS);
        require(maxBytes > 0 && maxBytes < 1L << 39, "maxBytes", maxBytes, "1 to 549755813887");
        require(batch > 0 && batch <= maxSpans, "batch", batch, "1 to " + maxSpans);
        require(delay.toNanos() > 0, "delay", delay, "above zero");
        require(exportTimeout.toNanos() > 0, "exportTimeout", exportTimeout, "above zero");
    }

    /** Returns a bound on spans that is never reached before the bound on bytes. */
    static int mostSpansIn(long bytes) {
        return (int) Math.min(MAX_SPANS, Math.max(1, bytes / LEAST_SPAN_BYTES));
    }

    private static void require(boolean fulfilled, String name, Object value, String expected) {
        if (!fulfilled) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

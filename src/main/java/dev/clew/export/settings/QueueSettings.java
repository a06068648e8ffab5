package dev.clew.export.settings;

import java.time.Duration;

/**
 * The bounds and intervals of one destination's queue ({@code OTEL_BSP_*} and the like).
 *
 * @param maxItems the bound on items held, including those being sent; 1 to {@value #MAX_ITEMS}
 * @param maxBytes the bound on bytes held, as estimated by the items; 1 or more
 * @param batch the bound on items sent at once; 1 to {@code maxItems}
 * @param delay the interval of exports while no full batch is waiting; above zero
 * @param exportTimeout the bound on one export, retries included; above zero
 */
public record QueueSettings(int maxItems, long maxBytes, int batch, Duration delay, Duration exportTimeout) {

    /** The size of the largest queue: its slots are allocated at once, 4 MiB of them at this size. */
    public static final int MAX_ITEMS = 1 << 20;

    /** The least size that an item counts for. */
    public static final int LEAST_ITEM_BYTES = 256;

    /** The bound on the estimated size of one collection of metrics, the values of some 300,000 time series. */
    static final long MAX_COLLECTION_BYTES = 64L << 20;

    private static final long STANDARD_BYTES = 8L << 20;

    /**
     * The defaults of the OpenTelemetry specification ("Batch Span Processor"), except for the size: 8 MiB, and as many
     * spans as fit. The specification's 2048 spans are a fraction of a second's traffic here.
     */
    public static final QueueSettings DEFAULT = new QueueSettings(
            mostItemsIn(STANDARD_BYTES), STANDARD_BYTES, 512, Duration.ofSeconds(5), Duration.ofSeconds(30));

    public QueueSettings {
        require(maxItems > 0 && maxItems <= MAX_ITEMS, "maxItems", maxItems, "1 to " + MAX_ITEMS);
        require(maxBytes > 0 && maxBytes < 1L << 39, "maxBytes", maxBytes, "1 to 549755813887");
        require(batch > 0 && batch <= maxItems, "batch", batch, "1 to " + maxItems);
        require(delay.toNanos() > 0, "delay", delay, "above zero");
        require(exportTimeout.toNanos() > 0, "exportTimeout", exportTimeout, "above zero");
    }

    /** Returns a bound on items that is never reached before the bound on bytes. */
    static int mostItemsIn(long bytes) {
        return (int) Math.min(MAX_ITEMS, Math.max(1, bytes / LEAST_ITEM_BYTES));
    }

    private static void require(boolean fulfilled, String name, Object value, String expected) {
        if (!fulfilled) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

package dev.clew.export;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the spans offered to one destination since the start. Whenever no offer is in progress,
 * {@code offered = exported + dropped + queued}, to the span.
 *
 * @param offered spans offered
 * @param exported spans the destination acknowledged
 * @param droppedByReason spans dropped; has every reason
 * @param queuedSpans spans waiting or being sent
 * @param queuedBytes bytes of those
 * @param capacity most spans that can be queued
 * @param lastSuccessEpochMillis when the destination last acknowledged a batch, in milliseconds since
 *     1970-01-01T00:00:00Z; 0 when it never did
 * @param lastError what the last failed export failed with, without any text the destination sent; null when none failed
 */
public record ExportCounts(
        long offered,
        long exported,
        Map<DropReason, Long> droppedByReason,
        long queuedSpans,
        long queuedBytes,
        long capacity,
        long lastSuccessEpochMillis,
        @Nullable String lastError) {

    /** Spans dropped, for whatever reason. */
    public long dropped() {
        long sum = 0;
        for (long count : droppedByReason.values()) {
            sum += count;
        }
        return sum;
    }
}

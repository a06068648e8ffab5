package dev.clew.export.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the spans offered under one destination's name since the start. Whenever no offer is in progress,
 * {@code offered = exported + dropped + queued}, to the span.
 *
 * @param offered spans offered
 * @param exported spans the destination acknowledged
 * @param droppedByReason spans dropped; has every reason
 * @param queued what waits or is being sent
 * @param lastSuccessEpochMillis when the destination last acknowledged a batch, in milliseconds since
 *     1970-01-01T00:00:00Z; 0 when it never did
 * @param lastFailure the last export that failed; null when none did
 */
public record ExportCounts(
        long offered,
        long exported,
        Map<DropReason, Long> droppedByReason,
        Queued queued,
        long lastSuccessEpochMillis,
        @Nullable Failure lastFailure) {

    /**
     * What a queue holds.
     *
     * @param spans waiting or being sent
     * @param bytes of those
     * @param capacity most spans that can be queued
     */
    public record Queued(long spans, long bytes, long capacity) {}

    /**
     * An export that failed.
     *
     * @param epochMillis when, in milliseconds since 1970-01-01T00:00:00Z
     * @param error why, without any text the destination sent
     */
    public record Failure(long epochMillis, String error) {}

    /** Spans dropped, for whatever reason. */
    public long dropped() {
        long sum = 0;
        for (long count : droppedByReason.values()) {
            sum += count;
        }
        return sum;
    }
}

package dev.clew.export.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of items offered to the destination of one name since the start. Whenever no offer is in progress,
 * {@code offered = exported + dropped + queued} holds exactly.
 *
 * @param offered the number of items offered
 * @param exported the number of items acknowledged by the destination
 * @param droppedByReason the number of items dropped; contains every reason
 * @param queued the items waiting or being sent
 * @param lastSuccessEpochMillis the time of the last acknowledged batch, in milliseconds since 1970-01-01T00:00:00Z; 0
 *     if there is none
 * @param lastFailure the last failed export; null if there is none
 */
public record ExportCounts(
        long offered,
        long exported,
        Map<DropReason, Long> droppedByReason,
        QueueContent queued,
        long lastSuccessEpochMillis,
        @Nullable Failure lastFailure) {

    /**
     * The content of a queue.
     *
     * @param items the number waiting or being sent
     * @param bytes the size of those
     * @param capacity the bound on queued items
     */
    public record QueueContent(long items, long bytes, long capacity) {}

    /**
     * A failed export.
     *
     * @param epochMillis its time in milliseconds since 1970-01-01T00:00:00Z
     * @param error the cause, without text from the destination
     */
    public record Failure(long epochMillis, String error) {}

    /** Returns the number of items dropped for any reason. */
    public long dropped() {
        long sum = 0;
        for (long count : droppedByReason.values()) {
            sum += count;
        }
        return sum;
    }
}

package dev.clew.export.otlp;

import dev.clew.export.queue.DropReason;

/** The outcome of one batch. */
public sealed interface ExportOutcome {

    /**
     * The backend accepted the batch.
     *
     * @param rejected the number of its spans that the backend rejected
     */
    record Sent(int rejected) implements ExportOutcome {}

    /**
     * The batch was not delivered.
     *
     * @param error the cause, without text from the backend
     */
    record Lost(DropReason reason, String error) implements ExportOutcome {}
}

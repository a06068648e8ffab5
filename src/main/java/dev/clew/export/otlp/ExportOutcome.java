package dev.clew.export.otlp;

import dev.clew.export.queue.DropReason;

/** What became of one batch. */
public sealed interface ExportOutcome {

    /**
     * The backend took it.
     *
     * @param rejected spans of it that the backend refused
     */
    record Sent(int rejected) implements ExportOutcome {}

    /**
     * It did not arrive.
     *
     * @param error why, in our own words
     */
    record Lost(DropReason reason, String error) implements ExportOutcome {}
}

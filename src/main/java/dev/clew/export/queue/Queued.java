package dev.clew.export.queue;

/** An item that an {@link ExportQueue} holds: a finished span or a log record. Immutable. */
public interface Queued {

    /** Returns the tenant that the item counts against; empty if none is known. */
    String tenant();

    /** Returns the approximate size in memory, which counts towards a queue's bound on bytes. */
    int approximateBytes();
}

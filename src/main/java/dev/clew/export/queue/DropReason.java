package dev.clew.export.queue;

import java.util.List;

/** Why a span never reached a destination; the {@code reason} tag of {@code clew_export_spans_dropped_total}. */
public enum DropReason {
    /** The queue holds as many spans or bytes as it may. */
    QUEUE_FULL("queue-full"),
    /** The span's tenant holds as much of the queue as it may while others need room. */
    TENANT_SHARE("tenant-share"),
    /** The span alone is larger than the queue's byte bound. */
    TOO_LARGE("too-large"),
    /** The destination refused the batch, or could not be reached, retries included. */
    EXPORT_FAILED("export-failed"),
    /** The destination took longer over the batch than the export timeout. */
    EXPORT_TIMEOUT("export-timeout"),
    /** The destination took the batch and refused some of it (OTLP partial success). */
    REJECTED("rejected"),
    /** No endpoint was given, or no exporter could be made from the settings. */
    MISCONFIGURED("misconfigured"),
    /** A tenant exports to a destination that is not there. */
    UNKNOWN_DESTINATION("unknown-destination"),
    /** The destination was taken out of the configuration before the span could be sent. */
    REMOVED("removed"),
    /** The gateway stopped before the span could be sent. */
    SHUTDOWN("shutdown");

    /** Those of spans that found no room. */
    public static final List<DropReason> AT_QUEUE = List.of(QUEUE_FULL, TENANT_SHARE, TOO_LARGE);

    private final String tag;

    DropReason(String tag) {
        this.tag = tag;
    }

    /** The reason as metrics and JSON spell it. */
    public String tag() {
        return tag;
    }
}

package dev.clew.export.queue;

import java.util.List;

/**
 * The reason why an item never reached a destination; the {@code reason} tag of metrics such as
 * {@code clew_export_spans_dropped_total}.
 */
public enum DropReason {
    /** The queue has reached its bound on items or bytes. */
    QUEUE_FULL("queue-full"),
    /** The item's tenant has reached its share of the queue. */
    TENANT_SHARE("tenant-share"),
    /** The item alone exceeds the queue's bound on bytes. */
    TOO_LARGE("too-large"),
    /** The destination rejected the batch or was unreachable, retries included. */
    EXPORT_FAILED("export-failed"),
    /** The export exceeded its timeout. */
    EXPORT_TIMEOUT("export-timeout"),
    /** The destination accepted the batch but rejected some of its items (OTLP partial success). */
    REJECTED("rejected"),
    /** No endpoint was given, or no exporter could be created from the settings. */
    MISCONFIGURED("misconfigured"),
    /** A tenant exports to an unknown destination. */
    UNKNOWN_DESTINATION("unknown-destination"),
    /** The destination was removed from the configuration before the item was sent. */
    REMOVED("removed"),
    /** The gateway stopped before the item was sent. */
    SHUTDOWN("shutdown");

    /** The reasons for which a queue rejects items. */
    public static final List<DropReason> AT_QUEUE = List.of(QUEUE_FULL, TENANT_SHARE, TOO_LARGE);

    private final String tag;

    DropReason(String tag) {
        this.tag = tag;
    }

    /** Returns the value in metrics and JSON. */
    public String tag() {
        return tag;
    }
}

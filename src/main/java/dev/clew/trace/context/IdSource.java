package dev.clew.trace.context;

/** Where new trace and span IDs come from, so that a test can fix them. Safe for use by several threads. */
public interface IdSource {
    /** A new trace ID: 32 lower-case hexadecimal digits, the last 14 of them random, not all zero. */
    String traceId();

    /** A new span ID: 16 lower-case hexadecimal digits, not all zero. */
    String spanId();
}
